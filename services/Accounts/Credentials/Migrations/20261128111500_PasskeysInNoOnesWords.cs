using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EPerfect.Accounts.Credentials.Migrations;

/// <summary>Forgets what people called their passkeys: it may tell of them, and rested in clear. The model is as before.</summary>
[DbContext(typeof(IdentityDatabase))]
[Migration("20261128111500_PasskeysInNoOnesWords")]
public sealed class PasskeysInNoOnesWords : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("""update identity.passkeys set "Data" = jsonb_set("Data", '{Name}', '"Passkey"')""");
}
