using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>A legal hold in one service. A projection too: what is held now.</summary>
public sealed record PersonHold
{
    /// <summary>The stream.</summary>
    public Guid Id { get; init; }

    /// <summary>The latest order that was heard.</summary>
    public required HoldOrdered Order { get; init; }

    /// <summary>Whether it holds, by that order.</summary>
    public bool IsHeld { get; init; }

    /// <summary>What was carried out last.</summary>
    public HoldApplied? Applied { get; init; }

    /// <summary>The stream of a hold in this service: Privacy keeps the order as a whole under the hold's number.</summary>
    /// <param name="holdId">The hold.</param>
    public static Guid StreamOf(Guid holdId) => DeterministicId.From(holdId, "legal-hold");

    /// <summary>The vault's own hold on one group of one id: the same whenever the same is ordered.</summary>
    /// <param name="holdId">The hold.</param>
    /// <param name="subject">Whose data.</param>
    /// <param name="group">Which of it.</param>
    public static Guid InVault(Guid holdId, Guid subject, DataGroup group) =>
        DeterministicId.From(holdId, $"{subject:N} {group}");

    /// <summary>What was placed in the vault for it.</summary>
    internal IEnumerable<LegalHold> Placed => On(Applied?.Subjects ?? []);

    /// <summary>What it is in the vault, for these ids.</summary>
    internal IEnumerable<LegalHold> On(IEnumerable<Guid> subjects) =>
        from subject in subjects
        from held in Order.Groups
        select new LegalHold(InVault(Order.HoldId, subject, held), subject, held, Order.Reason, Order.Until);

    /// <summary>Begins.</summary>
    public static PersonHold Create(HoldOrdered e) => new() { Order = e, IsHeld = e.IsHeld };

    /// <summary>An order, later than the one before.</summary>
    public PersonHold Apply(HoldOrdered e) => this with { Order = e, IsHeld = e.IsHeld };

    /// <summary>It is carried out.</summary>
    public PersonHold Apply(HoldApplied e) => this with { Applied = e };

    /// <summary>Takes an order; a late or repeated one changes nothing.</summary>
    internal static Decision Take(PersonHold? known, HoldOrdered order) =>
        order.OrderVersion > (known?.Order.OrderVersion ?? 0) ? Decision.Of(order) : Decision.Nothing;

    /// <summary>Takes note of what was done in the vault, unless a later order came meanwhile: that one is due too.</summary>
    internal static Decision Record(PersonHold? known, HoldApplied done) =>
        known?.Order.OrderVersion == done.OrderVersion
        && (known.Applied is not { } before
            || before.OrderVersion < done.OrderVersion
            || !before.Subjects.SequenceEqual(done.Subjects))
            ? Decision.Of(done)
            : Decision.Nothing;
}
