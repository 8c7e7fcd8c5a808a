using EPerfect.PersonalData;
using EPerfect.Privacy.Register.Checkpoints;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Recording;

/// <summary>Enters an opening in the register, once per opening, however and from wherever it is told.</summary>
internal sealed class RecordOpening(Vault vault, TimeProvider time)
{
    internal static Decision Decide(RecordedOpening? known, OpeningRecorded recorded) =>
        known is null ? Decision.Of(recorded) : Decision.Nothing;

    public async Task RecordAsync(
        UnitOfWork work, OpeningRecorded opening, OpeningDetails details, CancellationToken cancellationToken)
    {
        var recorded = opening with { Details = await SealAsync(opening.AccountId, details, cancellationToken) };
        await work.ChangeAsync<RecordedOpening>(
            opening.OpeningId, known => Decide(known, recorded), cancellationToken);
        if (await work.Session.Events.FetchStreamStateAsync(CheckpointLog.StreamId, cancellationToken) is null)
            work.Start<CheckpointLog>(CheckpointLog.StreamId, new RegisterBegun(time.GetUtcNow()));
    }

    private async Task<Sealed<OpeningDetails>?> SealAsync(
        Guid accountId, OpeningDetails details, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.SealAsync(accountId, details, cancellationToken);
        }
        catch (SubjectErasedException)
        {
            // That somebody looked stays on record, also when nobody is left to read of it.
            return null;
        }
    }
}
