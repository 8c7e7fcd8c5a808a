using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Whether a person's processing is restricted in one service. A projection too: who is restricted now.</summary>
public sealed record PersonRestriction
{
    /// <summary>The stream.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose data.</summary>
    public Guid AccountId { get; init; }

    /// <summary>By the latest order that was heard.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>The latest order.</summary>
    public long PersonVersion { get; init; }

    /// <summary>The order that was carried out last.</summary>
    public long AppliedVersion { get; init; }

    /// <summary>Whose keys it was carried out on.</summary>
    public IReadOnlyList<Guid> Subjects { get; init; } = [];

    /// <summary>The stream of a person in this service.</summary>
    /// <param name="accountId">The person's account.</param>
    public static Guid StreamOf(Guid accountId) => DeterministicId.From(accountId, "restriction");

    /// <summary>What the vault was ordered for it.</summary>
    internal IEnumerable<RestrictionOrder> Orders =>
        from subject in Subjects
        from ordered in Enum.GetValues<DataGroup>()
        select new RestrictionOrder(subject, ordered, IsRestricted, PersonVersion);

    /// <summary>Begins.</summary>
    public static PersonRestriction Create(RestrictionOrdered e) => new PersonRestriction().Apply(e);

    /// <summary>An order, later than the one before.</summary>
    public PersonRestriction Apply(RestrictionOrdered e) =>
        this with { AccountId = e.AccountId, IsRestricted = e.IsRestricted, PersonVersion = e.PersonVersion };

    /// <summary>It is carried out.</summary>
    public PersonRestriction Apply(RestrictionApplied e) =>
        this with { AppliedVersion = e.PersonVersion, Subjects = e.Subjects };

    /// <summary>Takes an order; a late or repeated one changes nothing.</summary>
    internal static Decision Take(PersonRestriction? known, RestrictionOrdered order) =>
        order.PersonVersion > (known?.PersonVersion ?? 0) ? Decision.Of(order) : Decision.Nothing;

    /// <summary>Takes note of what was done in the vault, unless a later order came meanwhile: that one is due too.</summary>
    internal static Decision Record(PersonRestriction? known, RestrictionApplied done) =>
        known?.PersonVersion == done.PersonVersion
        && (known.AppliedVersion < done.PersonVersion || !known.Subjects.SequenceEqual(done.Subjects))
            ? Decision.Of(done)
            : Decision.Nothing;
}
