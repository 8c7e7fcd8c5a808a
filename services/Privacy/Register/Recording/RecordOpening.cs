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
        UnitOfWork work, OpeningRecorded opening, OpeningDetails? details, CancellationToken cancellationToken)
    {
        var recorded = opening with { Details = await SealAsync(opening.AccountId, details, cancellationToken) };
        await work.ChangeAsync<RecordedOpening>(
            opening.OpeningId, known => Decide(known, recorded), cancellationToken);
        await work.ChangeAsync<CheckpointLog>(
            CheckpointLog.StreamId,
            log => log is null ? Decision.Of(new RegisterBegun(time.GetUtcNow())) : Decision.Nothing,
            cancellationToken);
    }

    private async Task<Sealed<OpeningDetails>?> SealAsync(
        Guid accountId, OpeningDetails? details, CancellationToken cancellationToken)
    {
        if (details is null) return null;
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
