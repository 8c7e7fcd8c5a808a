using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Carries the latest order out in the vault, on the ordered groups of every id that the person's data is sealed under. Killed
/// anywhere it is done again. What had waited for a hold goes on when it ends.
/// </summary>
internal sealed class HoldPerson(
    Reader reader, Writer writer, IHoldings holdings, Vault vault, HoldEnding ending, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "hold-person";

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        if (await reader.LatestAsync<PersonHold>(deadline.StreamId, cancellationToken) is { } state)
            await ApplyAsync(state, cancellationToken);
    }

    /// <summary>Does it, again if need be, and records what is new.</summary>
    public async Task ApplyAsync(PersonHold state, CancellationToken cancellationToken)
    {
        var order = state.Order;
        var now = await holdings.SubjectsAsync(order.AccountId, cancellationToken);
        // An id that is the person's no longer, or was taken away by an erasure, is let go with the others, at the end.
        Guid[] subjects = [.. now.Union(state.Applied?.Subjects ?? []).Order()];
        var late = new HashSet<DataGroup>();
        foreach (var subject in subjects)
        {
            foreach (var group in order.Groups) late.UnionWith(await PlaceAsync(order, subject, group, cancellationToken));
        }

        if (!order.IsHeld) await ending.SettleAsync(cancellationToken);
        var done = new HoldApplied(
            order.HoldId, order.AccountId, order.IsHeld, order.OrderVersion, subjects, [.. late.Order()], time.GetUtcNow());
        await writer.ChangeAsync<PersonHold>(
            state.Id, $"legal-hold/{Kind}", latest => PersonHold.Record(latest, done), cancellationToken);
    }

    /// <summary>An end is placed too, and ended at once: a placing that was held up then finds it ended.</summary>
    private async Task<IReadOnlyList<DataGroup>> PlaceAsync(
        HoldOrdered order, Guid subject, DataGroup group, CancellationToken cancellationToken)
    {
        var id = PersonHold.InVault(order.HoldId, subject, group);
        var late = await vault.HoldAsync(new LegalHold(id, subject, group, order.Reason, order.Until), cancellationToken);
        if (!order.IsHeld) await vault.EndHoldAsync(id, cancellationToken);
        return late;
    }
}
