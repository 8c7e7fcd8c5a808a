using System.Text.Json;
using EPerfect.Contracts;
using EPerfect.Contracts.Partners;
using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sharing.Reactions;

/// <summary>A service has encrypted values for a partner: they go into the feed for it alone, sealed for the person. What may not
/// be told any more by now is not kept.</summary>
internal sealed class EnclosedReaction<TAnswer>(Vault vault, TimeProvider time) : IReaction<TAnswer>
    where TAnswer : PartnerDataAnswer, IContract
{
    private static readonly FeedType Shared = FeedTypes.Find(CustomerSharedData.EventType)!;
    private static readonly JsonElement NothingInClear = JsonSerializer.SerializeToElement(new object());

    public Guid StreamOf(TAnswer message) => RecordEntry.StreamOf(message.AccountId);

    public async Task ReactAsync(UnitOfWork work, TAnswer message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var partner = await work.Session.Events.FetchLatest<Partner>(message.PartnerId, cancellationToken);
        var facts = await DecisionPoint.NowAsync(work.Session, message.AccountId, now, cancellationToken);
        if (!MayKeep(partner, facts, now)
            || await SealAsync(message, cancellationToken) is not { } values) return;
        var service = TAnswer.WireName.Split('.')[0];
        var received = new PartnerDataReceived(message.AskId, service, now);
        var decided = await work.ChangeAsync<Sharing>(
            Sharing.StreamOf(message.PartnerId, message.AccountId),
            known => Sharing.Receive(known, received, partner!.Key?.ToEncrypt().Kid),
            cancellationToken);
        if (decided.Events.Count == 0) return;
        var entry = RecordEntry.Entry(
            message.AccountId, $"{message.AskId:D} {service}", message.Enclosed, message.EnclosedAt, message.PartnerId);
        await RecordEntry.RecordAsync(work, entry with { Data = NothingInClear, Enclosed = values }, cancellationToken);
    }

    internal static bool MayKeep(Partner? partner, Facts facts, DateTimeOffset now) =>
        facts.Person is { Erasing: null, IsRestricted: false }
        && partner?.Agreed(now) is { } agreement
        && FeedRules.AsAgreed(Shared, agreement.Terms, facts) is not null;

    private async Task<Sealed<EnclosedValues>?> SealAsync(TAnswer message, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.SealAsync(message.AccountId, EnclosedValues.Of(message.Enclosed), cancellationToken);
        }
        catch (SubjectErasedException)
        {
            return null;
        }
    }
}
