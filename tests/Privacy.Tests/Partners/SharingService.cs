using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.Contracts;
using EPerfect.Contracts.Partners;
using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using A = EPerfect.Contracts.Accounts;
using D = EPerfect.Contracts.Domains;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Privacy on a broker, with stand-ins for the services that know who a customer is, and a partner with a key.</summary>
public sealed class SharingService(PostgresServer postgres, BrokerServer broker) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private TestVirtualHost host = null!;
    private TestDatabase database = null!;

    public TestService Running { get; private set; } = null!;

    public Wire Wire { get; private set; } = null!;

    /// <summary>What the services were asked.</summary>
    public IReadOnlyCollection<JsonObject> Asked { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        host = await broker.CreateVirtualHostAsync(
            Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), default);
        Wire = await Wire.ConnectAsync(host, default);
        Asked = await Wire.HearAsync(PartnerDataAsked.Name, default);
        database = await postgres.CreateDatabaseAsync("privacy");
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        await Wire.DisposeAsync();
        await database.DisposeAsync();
    }

    public async Task StartAsync() =>
        Running = await TestService.StartAsync(PrivacyModule.Define(), postgres, host, database);

    /// <summary>A partner that has agreed on who customers are.</summary>
    public async Task<Guid> PartnerAsync(TestPartnerKey key, object? terms = null)
    {
        return FeedSteps.IdOf(await Running.AgreeAsync(terms ?? PartnerSteps.SharedTerms, PartnerSteps.WithKey(key)));
    }

    /// <summary>Waits until so much is asked of the person on behalf of the partner; gives the newest.</summary>
    public async Task<JsonObject> AskedAsync(Guid partner, Guid person, int times = 1)
    {
        await Until.TrueAsync(() => Task.FromResult(Of(partner, person).Count >= times), $"it is asked {times} times");
        Of(partner, person).Count.ShouldBe(times);
        return Of(partner, person)[^1];
    }

    public IReadOnlyList<JsonObject> Of(Guid partner, Guid person) =>
    [
        .. Asked.Where(one => one["partnerId"]!.GetValue<Guid>() == partner && one["accountId"]!.GetValue<Guid>() == person)
            .OrderBy(one => one["streamVersion"]!.GetValue<long>()),
    ];

    public Task AnswerAsync(JsonObject asked, string name, string email, Guid? message = null) =>
        AnswerAsync<A.PartnerDataEnclosed>(asked, message, (key, all) => all with
        {
            Name = new(PartnerCipher.Encrypt(name, key)),
            Email = new(PartnerCipher.Encrypt(email, key)),
        });

    public Task AnswerFromDomainsAsync(JsonObject asked, string phone, object address) =>
        AnswerAsync<D.PartnerDataEnclosed>(asked, message: null, (key, all) => all with
        {
            Phone = new(PartnerCipher.Encrypt(phone, key)),
            Address = new(PartnerCipher.Encrypt(address, key)),
        });

    /// <summary>The values of the person that stand in the feed, sealed.</summary>
    internal async Task<IReadOnlyList<Sealed<EnclosedValues>>> KeptAsync(Guid person)
    {
        await using var session = Running.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var events = await session.Events.FetchStreamAsync(RecordEntry.StreamOf(person), token: Token);
        return
        [
            .. events.Select(e => e.Data).OfType<FeedEntryRecorded>()
                .Select(entry => entry.Enclosed).OfType<Sealed<EnclosedValues>>(),
        ];
    }

    public Task UntilKeptAsync(Guid person, int times = 1) =>
        Until.TrueAsync(async () => (await KeptAsync(person)).Count >= times, $"{times} answers are kept");

    /// <summary>What was sent before it was handled: a message of the same kind that is told of last.</summary>
    public async Task HandledAsync()
    {
        using var key = new TestPartnerKey();
        var partner = await PartnerAsync(key);
        for (var i = 0; i < 3; i++)
        {
            var person = await Running.ConsentingAsync();
            await AnswerAsync(await AskedAsync(partner, person), "Last", "last@mail.example");
            await UntilKeptAsync(person);
        }
    }

    private Task AnswerAsync<TAnswer>(
        JsonObject asked, Guid? message, Func<PartnerEncryptionKey, CustomerSharedData, CustomerSharedData> enclose)
        where TAnswer : PartnerDataAnswer, IContract, new()
    {
        var key = JsonSerializer.Deserialize<PartnerEncryptionKey>(
            asked["key"], JsonSerializerOptions.Web)!;
        var answer = new TAnswer
        {
            AskId = asked["askId"]!.GetValue<Guid>(),
            PartnerId = asked["partnerId"]!.GetValue<Guid>(),
            AccountId = asked["accountId"]!.GetValue<Guid>(),
            Enclosed = enclose(key, new CustomerSharedData(null, null, null, null)),
            EnclosedAt = DateTimeOffset.UtcNow,
            StreamVersion = 1,
        };
        return Wire.PublishAsync(TAnswer.WireName, answer, message ?? Guid.CreateVersion7(), Token);
    }
}
