using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EPerfect.Accounts.Credentials.Migrations
{
    /// <inheritdoc />
    public partial class MovedFrom : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "MovedFrom",
                schema: "identity",
                table: "pending_addresses",
                type: "character varying(43)",
                maxLength: 43,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "MovedFrom",
                schema: "identity",
                table: "pending_addresses");
        }
    }
}
