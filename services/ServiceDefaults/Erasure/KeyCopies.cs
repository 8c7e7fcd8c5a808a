using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Whether a copy of the key store, such as a backup, still opens what was erased.</summary>
/// <param name="AreUnreadable">Whether none does.</param>
/// <param name="From">Since when; or from when on at the latest; null if nobody can say.</param>
internal sealed record KeyCopies(bool AreUnreadable, DateTimeOffset? From)
{
    /// <summary>What wrapped a key is destroyed when the second epoch after it begins.</summary>
    private const int Periods = 2;

    /// <param name="standing">The groups of all subjects; those that are held back say nothing here.</param>
    /// <param name="rotates">How long an epoch lasts.</param>
    public static KeyCopies Of(IEnumerable<GroupState> standing, RotationPeriod rotates)
    {
        GroupState[] destroyed = [.. standing.Where(one => one.Keys == KeyStanding.Shredded)];
        return Array.TrueForAll(destroyed, one => one.FinalAt is not null)
            ? new KeyCopies(AreUnreadable: true, destroyed.Max(one => one.FinalAt))
            : new KeyCopies(AreUnreadable: false, destroyed.Max(one => one.ShreddedAt) + (Periods * rotates.Length));
    }
}
