using System.Net;
using EPerfect.Contracts.Orders;
using EPerfect.Domains.Names;
using EPerfect.Domains.Registration.Reactions;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Domains.Tests.Slices;

/// <summary>
/// The service as it runs, on a database of its own, without a broker: messages are handed to the reaction itself.
/// </summary>
public sealed class DomainsService(PostgresServer postgres) : IAsyncLifetime
{
    private TestService? service;

    public TestService Service => service!;

    /// <summary>Another instance's, to share it.</summary>
    public TestDatabase? Database { get; init; }

    public TimeProvider? Clock { get; init; }

    public Action<WebApplicationBuilder>? Configure { get; init; }

    public HttpClient Client => Service.Client;

    public async ValueTask InitializeAsync() =>
        service = await TestService.StartAsync(
            DomainsModule.Define(), postgres, database: Database, clock: Clock, configure: Configure);

    public async ValueTask DisposeAsync() => await Service.DisposeAsync();

    public static object Contact(Guid account, string? email = null) => new
    {
        accountId = account,
        name = "Ada Example-Registrant",
        organisation = "Analytical Engines",
        email = email ?? "ada@registrant.example",
        phone = "+441632960123",
        address = new
        {
            street = new[] { "1 Analytical Row" },
            city = "Londonium",
            region = "Middlesex-on-Thames",
            postalCode = "N1 1AA",
            country = "GB",
        },
        publicityAcknowledged = true,
    };

    public async Task<Guid> RegisterContactAsync(Guid account)
    {
        var answer = await Client.PostWithKeyAsync("/api/domains/contacts", Contact(account));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    /// <summary>What Orders asks after payment.</summary>
    public async Task<DomainRegistrationRequested> RequestAsync(
        string name, Guid? account = null, Guid? contact = null, params string[] nameservers)
    {
        account ??= Guid.CreateVersion7();
        contact ??= await RegisterContactAsync(account.Value);
        var message = new DomainRegistrationRequested(
            Guid.CreateVersion7(), Guid.CreateVersion7(), account.Value, name, 2, contact.Value, nameservers,
            DateTimeOffset.UtcNow, 5);
        await DeliverAsync(message);
        return message;
    }

    public Task DeliverAsync(DomainRegistrationRequested message) =>
        Service.HearAsync(ActivatorUtilities.CreateInstance<RequestRegistration>(Service.Services), message);

    public async Task<DomainRegistrationRequested> RegisterAsync(
        string name, Guid? account = null, params string[] nameservers)
    {
        var message = await RequestAsync(name, account, contact: null, nameservers);
        await UntilRegisteredAsync(name);
        return message;
    }

    public Task UntilRegisteredAsync(string name) => Until.TrueAsync(
        async () => (await StatusAsync(name)).Contains("clientTransferProhibited"), $"{name} is registered");

    public async Task<string[]> StatusAsync(string name)
    {
        var answer = await Client.GetAsync($"/api/domains/{name}");
        return answer.StatusCode == HttpStatusCode.OK
            ? [.. (await answer.JsonAsync())["status"]!.AsArray().Select(status => status!.GetValue<string>())]
            : [];
    }

    /// <summary>The stored events of a name, whoever holds it.</summary>
    public async Task<IReadOnlyList<IEvent>> HistoryAsync(string name)
    {
        await using var session = Service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await session.Events.FetchStreamAsync(
            DomainId.Of(DomainName.Parse(name)), token: TestContext.Current.CancellationToken);
    }

    public async Task<string[]> EventsOfAsync(string name) =>
        [.. (await HistoryAsync(name)).Select(stored => stored.EventTypeName)];

    /// <summary>Looks behind the scenes.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Service.Database.Admin);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) lines.Add(rows.GetValue(0).ToString()!);
        return lines;
    }
}

[CollectionDefinition]
public sealed class DomainsCollection : ICollectionFixture<DomainsService>;
