namespace EPerfect.ServiceDefaults;

/// <summary>Units that may share a transaction: no two of one lane, no two of one receipt.</summary>
internal sealed class Batch(int most)
{
    private readonly List<Unit> units = new(most);
    private readonly HashSet<Guid> lanes = new(most);
    private readonly HashSet<string> receipts = new(most, StringComparer.Ordinal);

    public IReadOnlyList<Unit> Units => units;

    public bool TryAdd(Unit unit)
    {
        if (units.Count == most || lanes.Contains(unit.Lane)) return false;
        if (unit.ReceiptId is { } receipt && !receipts.Add(receipt)) return false;
        lanes.Add(unit.Lane);
        units.Add(unit);
        return true;
    }

    public void Clear()
    {
        units.Clear();
        lanes.Clear();
        receipts.Clear();
    }
}
