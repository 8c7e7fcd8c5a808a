using EPerfect.Contracts.Partners;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy.Partners.Feed.Reactions;

/// <summary>Who was told of the person hears that sharing ends: what it got must be used no more (GDPR Art. 7(3), 19).</summary>
internal sealed class ConsentChangedToFeed : IFeedReaction<C.ConsentChanged>
{
    public Guid StreamOf(C.ConsentChanged message) => RecordEntry.StreamOf(message.AccountId);

    public async Task ReactAsync(UnitOfWork work, C.ConsentChanged message, CancellationToken cancellationToken)
    {
        if (message is not { Purpose: Purposes.PartnerSharing, Given: false }) return;
        await RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                message.AccountId,
                $"{message.AccountId:D} {message.StreamVersion}",
                new SharingWithdrawnData(message.ChangedAt),
                message.ChangedAt),
            cancellationToken);
    }
}
