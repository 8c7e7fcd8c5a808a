using System.Net;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Domains.Tests.Slices;

/// <summary>A database away is never the client's fault, never a lie, and passes.</summary>
public sealed class Outages(PostgresServer postgres, DomainsService domains) : IClassFixture<DomainsService>
{
    [Fact]
    public async Task While_the_keys_are_out_of_reach_contacts_wait_and_public_answers_go_on()
    {
        await domains.RegisterAsync("public.com");
        var path = $"/api/domains/contacts/{await domains.RegisterContactAsync(Guid.CreateVersion7())}";
        var keys = domains.Service.Database.KeysName;

        await CloseAsync(keys);

        var read = await UntilAnsweredAsync(path, HttpStatusCode.ServiceUnavailable);
        read.Headers.RetryAfter.ShouldNotBeNull();
        (await read.ProblemCodeAsync()).ShouldBe("unavailable");
        (await domains.Client.PostWithKeyAsync("/api/domains/contacts", DomainsService.Contact(Guid.CreateVersion7())))
            .StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await domains.Client.GetAsync("/rdap/domain/public.com")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await OpenAsync(keys);
        await UntilAnsweredAsync(path, HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_the_store_is_out_of_reach_RDAP_says_so_in_its_own_words_and_a_registration_waits()
    {
        await domains.RegisterAsync("patient.com");
        await domains.RequestAsync("fail-1-patient.com");
        var store = domains.Service.Database.Name;

        await CloseAsync(store);

        var away = await UntilAnsweredAsync("/rdap/domain/patient.com", HttpStatusCode.ServiceUnavailable);
        away.Content.Headers.ContentType!.MediaType.ShouldBe("application/rdap+json");
        away.Headers.RetryAfter.ShouldNotBeNull();
        (await away.JsonAsync())["errorCode"]!.GetValue<int>().ShouldBe(503);

        await OpenAsync(store);
        await domains.UntilRegisteredAsync("fail-1-patient.com");
    }

    private Task<HttpResponseMessage> UntilAnsweredAsync(string path, HttpStatusCode status) => Until.SomeAsync(
        async () => await domains.Client.GetAsync(path) is var answer && answer.StatusCode == status ? answer : null,
        $"{path} is answered with {status}");

    private async Task CloseAsync(string database)
    {
        await AsAdminAsync($"alter database {database} allow_connections false");
        await AsAdminAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
    }

    private Task OpenAsync(string database) => AsAdminAsync($"alter database {database} allow_connections true");

    private async Task AsAdminAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await postgres.AdminAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
