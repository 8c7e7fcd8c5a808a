using Npgsql;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>
/// Who owns what in PostgreSQL: one role and one database per service, and in the database of the key vaults one
/// schema per service. A role can connect to those two databases only, and in the second sees its own schema only.
/// </summary>
internal static class Databases
{
    public const string Keys = "keys";

    public static readonly IReadOnlyList<string> Roles = ["accounts", "orders", "domains", "privacy"];

    public static async Task CreateAsync(Postgres server, CancellationToken ct)
    {
        await using var admin = await server.OpenAsync("postgres", ct);
        var existing = await NamesAsync(admin, "select datname from pg_database", ct);
        await ExecuteAsync(admin, "revoke all on database postgres, template1 from public", ct);
        foreach (var role in Roles)
        {
            await ExecuteAsync(admin, RoleSql(role, server.PasswordOf(role)), ct);
            if (!existing.Contains(role))
                await CreateStoreAsync(server, admin, role, role, ct);
        }

        if (!existing.Contains(Keys))
            await CreateKeysAsync(server, admin, Keys, ct);
    }

    /// <summary>A service's own database. The role owns what it creates there, not the database itself.</summary>
    public static async Task CreateStoreAsync(
        Postgres server, NpgsqlConnection admin, string database, string role, CancellationToken ct)
    {
        await ExecuteAsync(admin, $"create database {database} template template0", ct);
        await EnterOnlyAsync(admin, database, [role], "connect, create, temporary", ct);
        await using var inside = await server.OpenAsync(database, ct);
        await ExecuteAsync(inside, $"alter schema public owner to {role}; revoke all on schema public from public", ct);
    }

    public static async Task CreateKeysAsync(
        Postgres server, NpgsqlConnection admin, string database, CancellationToken ct)
    {
        await ExecuteAsync(admin, $"create database {database} template template0", ct);
        await EnterOnlyAsync(admin, database, Roles, "connect", ct);
        await using var inside = await server.OpenAsync(database, ct);
        await ExecuteAsync(inside, "revoke all on schema public from public", ct);
        foreach (var role in Roles)
            await ExecuteAsync(inside, $"create schema {role} authorization {role}", ct);
    }

    /// <summary>Privileges are not copied with a database: a new one is closed, then opened to its roles.</summary>
    public static Task EnterOnlyAsync(
        NpgsqlConnection admin, string database, IReadOnlyList<string> roles, string rights, CancellationToken ct) =>
        ExecuteAsync(
            admin,
            $"revoke all on database {database} from public; " +
            $"grant {rights} on database {database} to {string.Join(", ", roles)}; " +
            string.Concat(database.StartsWith(Keys, StringComparison.Ordinal)
                ? roles.Select(role => $"alter role {role} in database {database} set search_path = {role}; ")
                : []),
            ct);

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        // Names and passwords in these texts are our own: role names from the list above, passwords in base64url.
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string RoleSql(string role, string password) =>
        $"""
        do $$ begin
          if not exists (select from pg_roles where rolname = '{role}') then create role {role}; end if;
        end $$;
        alter role {role} with login nosuperuser nocreatedb nocreaterole noreplication password '{password}'
        """;

    private static async Task<HashSet<string>> NamesAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(ct);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
            names.Add(reader.GetString(0));
        return names;
    }
}
