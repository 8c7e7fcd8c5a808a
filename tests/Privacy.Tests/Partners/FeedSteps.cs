using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Partners;
using EPerfect.PersonalData;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>People, what happens to them, and a partner that asks for it.</summary>
internal static class FeedSteps
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static Guid IdOf(string partner) => Guid.Parse(partner[^36..]);

    public static HttpClient Program(this TestService privacy, Guid partner) => privacy.As(privacy.Issuer.Token(
        scopes: ["partner:feed"], claims: claims => claims["partner"] = partner.ToString("D")));

    public static async Task<Guid> ConsentingAsync(this TestService privacy, bool given = true)
    {
        var person = Guid.CreateVersion7();
        var now = DateTimeOffset.UtcNow;
        var accepted = new PolicySetAcknowledged(1, [new SetMember("privacy-policy", 1, "-")], Channels.Api, now);
        var choice = new ConsentChanged(Purposes.PartnerSharing, Given: true, Channels.Api, 1, now);
        await privacy.Writer().ChangeAsync<Person>(
            person, "test", _ => given ? Decision.Of(accepted, choice) : Decision.Of(accepted), Token);
        return person;
    }

    public static Task<Decision> WithdrawAsync(this TestService privacy, Guid person) =>
        privacy.Writer().ChangeAsync<Person>(
            person,
            "test",
            _ => Decision.Of(new ConsentChanged(
                Purposes.PartnerSharing, Given: false, Channels.Api, 1, DateTimeOffset.UtcNow)),
            Token);

    public static Task<Decision> ConsentAgainAsync(this TestService privacy, Guid person) =>
        privacy.HappensAsync(person, new ConsentChanged(
            Purposes.PartnerSharing, Given: true, Channels.Api, 1, DateTimeOffset.UtcNow));

    public static Task<Decision> RestrictAsync(this TestService privacy, Guid person) =>
        privacy.HappensAsync(person, new ProcessingRestricted(DateTimeOffset.UtcNow));

    public static Task<Decision> LiftAsync(this TestService privacy, Guid person) => privacy.HappensAsync(
        person,
        new RestrictionEnding(LiftGrounds.AskedByThePerson, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow),
        new RestrictionLifted(DateTimeOffset.UtcNow));

    /// <summary>An order stands in the feed.</summary>
    public static async Task<FeedEntryRecorded> OrderedAsync(this TestService privacy, Guid person)
    {
        var order = Guid.CreateVersion7();
        var now = DateTimeOffset.UtcNow;
        var entry = RecordEntry.Entry(
            person, $"{order:D}", new OrderPlacedData(order, "USD", "10.00", [], now), now);
        await privacy.RecordAsync(entry);
        return entry;
    }

    /// <summary>Values that one partner can read stand in the feed.</summary>
    public static async Task EnclosedAsync(this TestService privacy, Guid person)
    {
        var values = new EnclosedValues("a.jwe.for.a.name", "a.jwe.for.an.email", "a.jwe.for.a.phone", "a.jwe.for.an.address");
        var entry = RecordEntry.Entry(
            person, $"{person:D}", new CustomerSharedData(null, null, null, null), DateTimeOffset.UtcNow, Guid.CreateVersion7());
        var vault = privacy.Services.GetRequiredService<Vault>();
        await privacy.RecordAsync(entry with { Enclosed = await vault.SealAsync(person, values, Token) });
    }

    /// <summary>The person's name stands in the feed, for a partner that can read it.</summary>
    public static async Task EnclosedAsync(this TestService privacy, Guid person, Guid partner, TestPartnerKey key)
    {
        var values = new EnclosedValues(PartnerCipher.Encrypt("Quetzal", key.Public), null, null, null);
        var entry = RecordEntry.Entry(
            person, $"{partner:D}", new CustomerSharedData(null, null, null, null), DateTimeOffset.UtcNow, partner);
        var vault = privacy.Services.GetRequiredService<Vault>();
        await privacy.RecordAsync(entry with
        {
            Data = JsonSerializer.SerializeToElement(new { }),
            Enclosed = await vault.SealAsync(person, values, Token),
        });
    }

    public static Task<Decision> RecordAsync(this TestService privacy, FeedEntryRecorded entry) => privacy.Writer().WriteAsync(
        RecordEntry.StreamOf(entry.Subject),
        "test",
        async (work, token) =>
        {
            await RecordEntry.RecordAsync(work, entry, token);
            return Decision.Nothing;
        },
        Token);

    public static async Task<JsonObject> PullAsync(this HttpClient program, string query = "")
    {
        var answer = await program.GetAsync($"/api/partners/feed{query}", Token);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync(Token));
        return await answer.JsonAsync();
    }

    public static IReadOnlyList<Guid> Ids(this JsonObject page) =>
        [.. page["events"]!.AsArray().Select(e => e!["id"]!.GetValue<Guid>())];

    public static async Task<JsonArray> DisclosuresAsync(this TestService privacy, Guid person)
    {
        using var owner = privacy.As(privacy.Issuer.Owner(person));
        var answer = await owner.GetAsync($"/api/privacy/people/{person}/disclosures", Token);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync(Token));
        return (await answer.JsonAsync())["items"]!.AsArray();
    }

    public static async Task<long> VersionOfWithdrawalAsync(this TestService privacy, Guid person)
    {
        await using var session = privacy.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var events = await session.Events.FetchStreamAsync(person, token: Token);
        return events.Single(e => e.Data is ConsentChanged { Given: false }).Version;
    }

    private static Task<Decision> HappensAsync(this TestService privacy, Guid person, params object[] events) =>
        privacy.Writer().ChangeAsync<Person>(person, "test", _ => Decision.Of(events), Token);

    private static Writer Writer(this TestService privacy) => privacy.Services.GetRequiredService<Writer>();
}
