namespace EPerfect.PersonalData;

/// <summary>What became of an order to shred a group. Exactly one of <see cref="Done"/>, <see cref="Held"/>.</summary>
public abstract record Shredding
{
    private Shredding()
    {
    }

    /// <summary>The keys are destroyed, by this order or an earlier one.</summary>
    /// <param name="ShreddedAt">When they were.</param>
    /// <param name="Versions">Which there were; none if nothing was ever sealed.</param>
    public sealed record Done(DateTimeOffset ShreddedAt, IReadOnlyList<int> Versions) : Shredding;

    /// <summary>
    /// Law keeps the keys for now. The order is remembered, and carried out when the last of these holds ends.
    /// </summary>
    /// <param name="Holds">What stands against it.</param>
    public sealed record Held(IReadOnlyList<LegalHold> Holds) : Shredding;
}

/// <summary>An erasure that had been held, and that nothing holds any more.</summary>
/// <param name="ErasureId">The erasure that ordered it.</param>
/// <param name="Subject">Whose data.</param>
/// <param name="Group">Which of it.</param>
public sealed record ReadyErasure(Guid ErasureId, Guid Subject, DataGroup Group);

/// <summary>An erasure that had been held and is now done.</summary>
/// <param name="ErasureId">The erasure that ordered it.</param>
/// <param name="Subject">Whose data.</param>
/// <param name="Group">Which of it.</param>
/// <param name="ShreddedAt">When the keys were destroyed.</param>
public sealed record SettledErasure(Guid ErasureId, Guid Subject, DataGroup Group, DateTimeOffset ShreddedAt);
