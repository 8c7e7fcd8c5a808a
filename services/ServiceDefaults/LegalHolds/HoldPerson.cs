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
        foreach (var hold in state.On(subjects)) late.UnionWith(await PlaceAsync(hold, order.IsHeld, cancellationToken));

        if (!order.IsHeld) await ending.SettleAsync(cancellationToken);
        var done = new HoldApplied(
            order.HoldId, order.AccountId, order.IsHeld, order.OrderVersion, subjects, [.. late.Order()], time.GetUtcNow());
        await writer.ChangeAsync<PersonHold>(
            state.Id, $"legal-hold/{Kind}", latest => PersonHold.Record(latest, done), cancellationToken);
    }

    /// <summary>An end is placed too, and ended at once: a placing that was held up then finds it ended.</summary>
    private async Task<IReadOnlyList<DataGroup>> PlaceAsync(LegalHold hold, bool isHeld, CancellationToken cancellationToken)
    {
        var late = await vault.HoldAsync(hold, cancellationToken);
        if (!isHeld) await vault.EndHoldAsync(hold.Id, cancellationToken);
        return late;
    }
}
