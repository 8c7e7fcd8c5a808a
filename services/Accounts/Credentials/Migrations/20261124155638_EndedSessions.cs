using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EPerfect.Accounts.Credentials.Migrations
{
    /// <inheritdoc />
    public partial class EndedSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Stamp",
                schema: "identity",
                table: "pending_addresses",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ended_sessions",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    forgotten_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ended_sessions", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ended_sessions_forgotten_at",
                schema: "identity",
                table: "ended_sessions",
                column: "forgotten_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ended_sessions",
                schema: "identity");

            migrationBuilder.DropColumn(
                name: "Stamp",
                schema: "identity",
                table: "pending_addresses");
        }
    }
}
