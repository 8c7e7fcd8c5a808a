namespace EPerfect.PersonalData;

/// <summary>What there is of a subject's group: for exports and certificates.</summary>
/// <param name="Group">Which group.</param>
/// <param name="Keys">What can be done with its keys.</param>
/// <param name="Versions">The versions of its key that were ever made.</param>
/// <param name="ShreddedAt">When they were destroyed.</param>
/// <param name="ErasureId">The erasure that destroyed them.</param>
/// <param name="FinalAt"> When the key-encryption key that last wrapped them was destroyed too: from then on no copy of the
/// key store, however old, opens what was erased. Null while that is still to come.
/// </param>
/// <param name="Holds">The holds in force.</param>
/// <param name="PendingErasures">The erasures that wait for the end of these holds.</param>
public sealed record GroupState(
    DataGroup Group,
    KeyStanding Keys,
    IReadOnlyList<int> Versions,
    DateTimeOffset? ShreddedAt,
    Guid? ErasureId,
    DateTimeOffset? FinalAt,
    IReadOnlyList<LegalHold> Holds,
    IReadOnlyList<Guid> PendingErasures);

/// <summary>What can be done with a group's keys.</summary>
public enum KeyStanding
{
    /// <summary>There are none: nothing was ever sealed.</summary>
    None = 0,

    /// <summary>Seal and open.</summary>
    Active = 1,

    /// <summary>Seal; open on an exceptional ground only.</summary>
    Restricted = 2,

    /// <summary>Nothing, for ever: destroyed.</summary>
    Shredded = 3,
}
