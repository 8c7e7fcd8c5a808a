using System.Collections.Immutable;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.ServiceDefaults;
using JasperFx.Events;

namespace EPerfect.Privacy.LegalHolds;

internal enum HoldState
{
    Asked,
    Held,
    ReleaseAsked,
    Released,
    Over,
}

/// <summary>A hold as a whole: who asked and approved, and which services have carried out the latest order. A snapshot, read by
/// account.</summary>
internal sealed record LegalHoldOfPerson : IOwned
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    Guid? IOwned.AccountId => AccountId;

    public required LegalHoldAsked Asked { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    public LegalHoldReleaseAsked? ReleaseAsked { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>The version of this stream that ordered what the services are to do now.</summary>
    public long OrderVersion { get; init; }

    public ImmutableSortedDictionary<string, LegalHoldConfirmed> Confirmed { get; init; } =
        ImmutableSortedDictionary.Create<string, LegalHoldConfirmed>(StringComparer.Ordinal);

    public bool IsHeld => ApprovedAt is not null && ReleasedAt is null;

    /// <summary>Whether all services have done what was ordered last.</summary>
    public bool IsEverywhere => OrderVersion > 0 && ErasureOfPerson.Stores.All(Confirmed.ContainsKey);

    public HoldState StateAt(DateTimeOffset now) => this switch
    {
        { ReleasedAt: not null } => HoldState.Released,
        _ when Asked.Until <= now => HoldState.Over,
        { ReleaseAsked: not null } => HoldState.ReleaseAsked,
        { ApprovedAt: not null } => HoldState.Held,
        _ => HoldState.Asked,
    };

    /// <summary>Asked for under another person's address it does not exist.</summary>
    public Decision? Of(Guid accountId) =>
        accountId == AccountId ? (Decision?)null : Decision.FromRefusal(Refusals.NotFound("hold"));

    /// <summary>An answer to an earlier order says nothing about this one; one that comes again says something only if more was
    /// found to be erased.</summary>
    public bool IsNews(LegalHoldConfirmed e) =>
        e.OrderVersion == OrderVersion && e.IsHeld == IsHeld
        && (!Confirmed.TryGetValue(e.Store, out var before) || !before.ErasedBefore.SequenceEqual(e.ErasedBefore));

    public static LegalHoldOfPerson Create(LegalHoldAsked e) =>
        new() { Id = e.HoldId, AccountId = e.AccountId, Asked = e };

    public LegalHoldOfPerson Apply(IEvent<LegalHoldApproved> e) =>
        this with { ApprovedAt = e.Data.ApprovedAt, OrderVersion = e.Version, Confirmed = Confirmed.Clear() };

    public LegalHoldOfPerson Apply(LegalHoldReleaseAsked e) => this with { ReleaseAsked = e };

    public LegalHoldOfPerson Apply(LegalHoldReleaseWithdrawn _) => this with { ReleaseAsked = null };

    public LegalHoldOfPerson Apply(IEvent<LegalHoldReleased> e) =>
        this with { ReleasedAt = e.Data.ReleasedAt, OrderVersion = e.Version, Confirmed = Confirmed.Clear() };

    public LegalHoldOfPerson Apply(LegalHoldConfirmed e) => this with { Confirmed = Confirmed.SetItem(e.Store, e) };
}
