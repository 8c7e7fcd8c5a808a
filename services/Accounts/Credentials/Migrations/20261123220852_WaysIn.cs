using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EPerfect.Accounts.Credentials.Migrations
{
    /// <inheritdoc />
    public partial class WaysIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LockoutLevel",
                schema: "identity",
                table: "logins");

            migrationBuilder.AddColumn<int>(
                name: "Times",
                schema: "identity",
                table: "activity",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "attempts",
                schema: "identity",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    rests_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attempts", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "pending_addresses",
                schema: "identity",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    LoginId = table.Column<Guid>(type: "uuid", nullable: true),
                    EmailIndex = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    Address = table.Column<string>(type: "text", nullable: false),
                    ReturnUrl = table.Column<string>(type: "text", nullable: true),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pending_addresses", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_attempts_last_at",
                schema: "identity",
                table: "attempts",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "IX_pending_addresses_EmailIndex_LoginId",
                schema: "identity",
                table: "pending_addresses",
                columns: new[] { "EmailIndex", "LoginId" });

            migrationBuilder.CreateIndex(
                name: "IX_pending_addresses_ExpiresAt",
                schema: "identity",
                table: "pending_addresses",
                column: "ExpiresAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attempts",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "pending_addresses",
                schema: "identity");

            migrationBuilder.DropColumn(
                name: "Times",
                schema: "identity",
                table: "activity");

            migrationBuilder.AddColumn<int>(
                name: "LockoutLevel",
                schema: "identity",
                table: "logins",
                type: "integer",
                nullable: false,
                defaultValue: 0);
        }
    }
}
