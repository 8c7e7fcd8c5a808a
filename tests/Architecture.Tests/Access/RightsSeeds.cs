using EPerfect.Contracts.Partners;
using EPerfect.Privacy.LegalHolds;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.Privacy.Withholding;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Architecture.Tests;

/// <summary>A correction that a partner has to hear of, and what our lawyers ordered.</summary>
internal static class RightsSeeds
{
    /// <summary>Something of the account was corrected, after a partner was told of it; and another correction it was told
    /// of.</summary>
    public static async Task<(Guid Rectification, Guid Partner, Guid Told)> RectifiedAsync(
        this TestService privacy, Guid account, Guid? partner = null)
    {
        var whom = partner ?? await privacy.PartnerAsync(Guid.CreateVersion7());
        var now = DateTimeOffset.UtcNow;
        var rectified = RecordRectification.Of(account, "accounts", account, 2, ["name"], now);
        await privacy.Services.GetRequiredService<Writer>().WriteAsync(
            Rectifications.StreamOf(account),
            "test",
            async (work, token) =>
            {
                await RecordRectification.RecordAsync(work, rectified, TimeProvider.System, token);
                return Decision.Nothing;
            },
            default);
        var told = Guid.CreateVersion7();
        await using var connection = await privacy.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await DisclosureLog.AddAsync(
            connection,
            privacy.Services.GetRequiredService<IDocumentStore>().Options.DatabaseSchemaName,
            [
                Line(account, whom, Guid.CreateVersion7(), "consent-given", now),
                Line(account, whom, told, FeedRules.DutyToNotify, now),
            ],
            default);
        return (rectified.RectificationId, whom, told);
    }

    /// <summary>Ordered by somebody else.</summary>
    public static async Task<string> WithholdingAsync(this TestService privacy, Guid account, string step)
    {
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await privacy.HappenedAsync<WithheldOpenings>(id, new WithholdingOrdered(
            id, account, "case:1", "statute", "law:1", "written", now.AddDays(1), Guid.CreateVersion7(), now));
        return $"/api/privacy/people/{account}/withholdings/{id}/{step}";
    }

    /// <summary>In force; its end asked for by somebody else.</summary>
    public static async Task<string> HoldAsync(this TestService privacy, Guid account, string step)
    {
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        var asked = new LegalHoldAsked(id, account, ["logs"], "case:1", Until: null, Guid.CreateVersion7(), now);
        await privacy.HappenedAsync<LegalHoldOfPerson>(
            id,
            asked,
            new LegalHoldApproved(asked, Guid.CreateVersion7(), now),
            new LegalHoldReleaseAsked(Guid.CreateVersion7(), now));
        return $"/api/privacy/people/{account}/holds/{id}/{step}";
    }

    private static Disclosure Line(Guid account, Guid partner, Guid entry, string rule, DateTimeOffset at) => new(
        Guid.CreateVersion7(), account, partner, entry, OrderPlacedData.EventType, ["orderId"], null, rule, null,
        1, 0, 1, "pull", at);
}
