using EPerfect.Domains.Tests.Slices;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Domains.Tests.Stored;

/// <summary>
/// Whatever a registrant tells us, the country excepted, lies nowhere in clear: no table, no key vault, no log.
/// </summary>
[Collection<DomainsCollection>]
public sealed class NoPersonalDataInClear(DomainsService domains)
{
    private static readonly string[] Told =
    [
        "Ada Example-Registrant", "Analytical Engines", "ada@registrant.example", "1632960123", "1 Analytical Row",
        "Londonium", "Middlesex-on-Thames", "N1 1AA",
        "Canary-Registrant", "canary@corrected.example", "2025550188", "88 Corrected Lane", "Tallinnopolis",
    ];

    [Fact]
    public async Task A_contact_that_was_registered_corrected_and_used_is_in_no_table_and_no_log_line()
    {
        var account = Guid.CreateVersion7();
        await domains.RegisterAsync("nothing-in-clear.com", account);
        await domains.Client.PostWithKeyAsync("/api/domains/contacts", DomainsService.Contact(account), "seen-once");
        await domains.Client.PostWithKeyAsync("/api/domains/contacts", DomainsService.Contact(account), "seen-once");

        var contact = await domains.RegisterContactAsync(account);
        (await domains.Client.PutAsync($"/api/domains/contacts/{contact}", new
        {
            name = "Corrected Canary-Registrant",
            email = "canary@corrected.example",
            phone = "+12025550188",
            address = new { street = new[] { "88 Corrected Lane" }, city = "Tallinnopolis", country = "EE" },
        })).EnsureSuccessStatusCode();

        var rows = await RowsOfAsync(domains.Service.Database.Admin);
        var keys = await RowsOfAsync(domains.Service.Database.Keys);

        rows.ShouldContain(row => Holds(row, "p1.contact."), "else the search looks at nothing");
        keys.ShouldNotBeEmpty();
        foreach (var told in Told)
        {
            rows.ShouldNotContain(row => Holds(row, told), told);
            keys.ShouldNotContain(row => Holds(row, told), told);
            domains.Service.Log.Lines.ShouldNotContain(line => Holds(line, told), told);
        }
    }

    private static bool Holds(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static async Task<List<string>> RowsOfAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var tables = await ReadAsync(connection, """
            select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname not in ('pg_catalog', 'information_schema')
                and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')
            """);
        var rows = new List<string>();
        foreach (var table in tables) rows.AddRange(await ReadAsync(connection, $"select t::text from {table} t"));
        return rows;
    }

    private static async Task<List<string>> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) lines.Add(reader.GetString(0));
        return lines;
    }
}
