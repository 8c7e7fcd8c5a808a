using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Carries the latest order out in the vault, on every group of every id that the person's data is sealed under. Killed
/// anywhere it is done again; the vault itself lets no earlier order undo a later one. What is erased stays erased.
/// </summary>
internal sealed class RestrictPerson(Reader reader, Writer writer, IHoldings holdings, Vault vault, TimeProvider time)
    : IDeadlineHandler
{
    public const string Kind = "restrict-person";

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        if (await reader.LatestAsync<PersonRestriction>(deadline.StreamId, cancellationToken) is { } state)
            await ApplyAsync(state, cancellationToken);
    }

    /// <summary>Does it, again if need be, and records what is new.</summary>
    public async Task ApplyAsync(PersonRestriction state, CancellationToken cancellationToken)
    {
        var now = await holdings.SubjectsAsync(state.AccountId, cancellationToken);
        // An id that is the person's no longer (a login that is in use elsewhere since) is let go with the others, at the end.
        Guid[] subjects = [.. now.Union(state.Subjects).Order()];
        foreach (var subject in subjects)
        {
            foreach (var group in Enum.GetValues<DataGroup>())
                await OrderAsync(subject, group, state, cancellationToken);
        }

        var done = new RestrictionApplied(
            state.AccountId, state.IsRestricted, state.PersonVersion, subjects, time.GetUtcNow());
        await writer.ChangeAsync<PersonRestriction>(
            state.Id, $"restriction/{Kind}", latest => PersonRestriction.Record(latest, done), cancellationToken);
    }

    private Task OrderAsync(Guid subject, DataGroup group, PersonRestriction state, CancellationToken cancellationToken) =>
        state.IsRestricted
            ? vault.RestrictAsync(subject, group, state.PersonVersion, cancellationToken)
            : vault.LiftRestrictionAsync(subject, group, state.PersonVersion, cancellationToken);
}
