using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using EPerfect.Privacy.Register.Keys;
using EPerfect.Privacy.Register.Recording;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Reactions;

/// <summary>A service opened data of a person for somebody else: the register takes it down, sealed for the person.</summary>
internal sealed class OpenedReaction<TOpening>(RecordOpening register, OpeningKeyRing keys) : IReaction<TOpening>
    where TOpening : SealedOpening, IContract
{
    public Guid StreamOf(TOpening message) => message.OpeningId;

    public async Task ReactAsync(UnitOfWork work, TOpening message, CancellationToken cancellationToken)
    {
        var details = message.Details is { } jwe
            ? await keys.OpenAsync(message.OpeningId, jwe, cancellationToken)
            : null;
        await register.RecordAsync(
            work,
            new OpeningRecorded(
                message.OpeningId, message.AccountId, TOpening.WireName.Split('.')[0], message.OpenedAt, Details: null),
            details,
            cancellationToken);
    }
}
