namespace EPerfect.PersonalData;

/// <summary>An erasure that was done.</summary>
/// <param name="ErasureId">Which.</param>
/// <param name="Subject">Whose data.</param>
/// <param name="Group">Which of it.</param>
/// <param name="ShreddedAt">When its keys were destroyed.</param>
public sealed record LedgerEntry(Guid ErasureId, Guid Subject, DataGroup Group, DateTimeOffset ShreddedAt);

/// <summary>What a replay of the ledger found, counted by subject and group.</summary>
/// <param name="Shredded">Had come back and were destroyed again.</param>
/// <param name="Buried">Had no key and were given their tombstone back.</param>
/// <param name="Unchanged">Were still destroyed.</param>
public sealed record Replay(int Shredded, int Buried, int Unchanged)
{
    /// <summary>Both together.</summary>
    /// <param name="one">One replay.</param>
    /// <param name="other">Another.</param>
    public static Replay operator +(Replay one, Replay other) => Add(one, other);

    /// <summary>Both together.</summary>
    /// <param name="one">One replay.</param>
    /// <param name="other">Another.</param>
    public static Replay Add(Replay one, Replay other) =>
        new(one.Shredded + other.Shredded, one.Buried + other.Buried, one.Unchanged + other.Unchanged);
}
