using EPerfect.Contracts.Partners;
using EPerfect.PersonalData;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Partners.Sandbox;
using EPerfect.Privacy.Partners.Webhooks;
using EPerfect.Privacy.People;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Architecture.Tests;

/// <summary>Partners that exist, each under the id that a test asks for.</summary>
internal static class PartnerSeeds
{
    /// <summary>The event that each has been told.</summary>
    public static readonly Guid Told = Guid.CreateVersion7();

    public static readonly Terms Terms = new(
        [Purposes.PartnerSharing],
        [Categories.Account],
        [new(OrderPlacedData.EventType, ["orderId"])],
        Bases.Consent,
        RetentionDays: 30);

    /// <summary>A program of the partner.</summary>
    public static async Task<Guid> PartnerClientAsync(this TestService accounts, Guid partner)
    {
        using var staff = accounts.Operator();
        var answer = await staff.PostWithKeyAsync($"/api/accounts/partners/{partner}/clients", new { });
        return (await answer.JsonAsync())["clientId"]!.GetValue<Guid>();
    }

    /// <summary>With a webhook that has a secret, and was told of something.</summary>
    public static async Task WebhookAsync(this TestService privacy, Guid partner)
    {
        var now = DateTimeOffset.UtcNow;
        await privacy.PartnerAsync(partner);
        await privacy.HappenedAsync<Webhook>(
            Webhook.IdOf(partner),
            new WebhookSet(partner, "https://1.1.1.1/", [], now),
            new WebhookSecretMade(partner, "s1.1.AQID", now, now));
        await using var connection = await privacy.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var line = new Disclosure(
            partner, Guid.CreateVersion7(), partner, Told, OrderPlacedData.EventType, [], null, "consent-given", 1, 1, 1, 1,
            Webhook.Way, now);
        await DisclosureLog.AddAsync(connection, "store", [line], default);
    }

    /// <summary>With an agreement in force and a next one that waits.</summary>
    public static async Task<Guid> PartnerAsync(
        this TestService privacy, Guid id, PartnerMode mode = PartnerMode.Live, params IEnumerable<object> more)
    {
        var now = DateTimeOffset.UtcNow;
        var contact = await privacy.Services.GetRequiredService<Vault>()
            .SealAsync(id, new ErasureContact("erasure@partner.example"), default);
        await privacy.HappenedAsync<Partner>(
            id,
            [
                new PartnerRegistered(id, "Example Ltd", PartnerKind.Accounting, mode, contact, null, now),
                new AgreementProposed(1, Terms, Guid.CreateVersion7(), now),
                new AgreementActivated(1, now),
                new AgreementProposed(2, Terms, Guid.CreateVersion7(), now),
                .. more,
            ]);
        return id;
    }

    /// <summary>A sandbox with somebody in it.</summary>
    public static async Task<Guid> SyntheticPersonAsync(this TestService privacy, Guid partner)
    {
        var (person, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await privacy.PartnerAsync(partner, PartnerMode.Sandbox, [new SyntheticPersonAdded(person, now)]);
        await privacy.HappenedAsync<Person>(person, new SyntheticPersonMade(partner, 1, [], now));
        return person;
    }
}
