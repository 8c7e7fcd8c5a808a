using System.Net;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Domains.Tests.Slices;

public sealed class VaultOutage(PostgresServer postgres, DomainsService domains) : IClassFixture<DomainsService>
{
    [Fact]
    public async Task While_the_keys_are_out_of_reach_contacts_wait_and_public_answers_go_on()
    {
        await domains.RegisterAsync("public.com");
        var path = $"/api/domains/contacts/{await domains.RegisterContactAsync(Guid.CreateVersion7())}";
        var keys = domains.Service.Database.KeysName;

        await AsAdminAsync($"alter database {keys} allow_connections false");
        await AsAdminAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{keys}'");

        var read = await Until.SomeAsync(
            async () => await domains.Client.GetAsync(path) is { StatusCode: HttpStatusCode.ServiceUnavailable } away ? away : null,
            "the contact is out of reach");
        read.Headers.RetryAfter.ShouldNotBeNull();
        (await read.ProblemCodeAsync()).ShouldBe("unavailable");
        (await domains.Client.PostWithKeyAsync("/api/domains/contacts", DomainsService.Contact(Guid.CreateVersion7())))
            .StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await domains.Client.GetAsync("/rdap/domain/public.com")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await AsAdminAsync($"alter database {keys} allow_connections true");
        await Until.TrueAsync(
            async () => (await domains.Client.GetAsync(path)).StatusCode == HttpStatusCode.OK, "the contact is back");
    }

    private async Task AsAdminAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await postgres.AdminAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
