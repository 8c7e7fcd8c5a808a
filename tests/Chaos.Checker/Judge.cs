namespace EPerfect.Chaos.Checker;

/// <summary>Whether the promises were kept, by what lies in the stores, in the books of the outside systems and with the
/// clients.</summary>
/// <param name="stores">Where to look.</param>
public sealed class Judge(Stores stores)
{
    /// <summary>What holds at any moment, while faults go on.</summary>
    /// <param name="history">What the clients know.</param>
    public async Task<IReadOnlyList<Violation>> SafetyAsync(IReadOnlyList<Noted> history)
    {
        var orders = await OrderFacts.ReadAsync(stores);
        return
        [
            .. await AcknowledgedCommands.CheckAsync(stores, history, isEnd: false),
            .. orders.SelectMany(MoneyRules.Always),
            .. await DeliveryRules.CheckAsync(stores, orders, isEnd: false),
        ];
    }

    /// <summary>What holds once everything has drained.</summary>
    /// <param name="history">What the clients know.</param>
    public async Task<IReadOnlyList<Violation>> EndAsync(IReadOnlyList<Noted> history)
    {
        var orders = await OrderFacts.ReadAsync(stores);
        return
        [
            .. await Streams.CheckAsync(stores),
            .. await AcknowledgedCommands.CheckAsync(stores, history, isEnd: true),
            .. orders.SelectMany(MoneyRules.Always),
            .. orders.SelectMany(MoneyRules.AtTheEnd),
            .. await DeliveryRules.CheckAsync(stores, orders, isEnd: true),
            .. await ProcessRules.CheckAsync(stores),
            .. await TellingRules.CheckAsync(stores),
            .. await Registers.CheckAsync(stores),
        ];
    }
}
