using System.Collections.Immutable;
using System.Text.Json.Serialization;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>What one service has proven.</summary>
internal sealed record StoreProof(
    string Store,
    IReadOnlyList<ShreddedGroup> Groups,
    IReadOnlyList<HeldBack> HeldBack,
    IReadOnlyList<RemovedRows> Removed,
    SearchResult Search,
    DateTimeOffset ShreddedAt,
    long Version,
    bool UnreadableInCopies = false,
    DateTimeOffset? UnreadableInCopiesFrom = null,
    IReadOnlyList<AcceptedPlace>? Accepted = null)
{
    /// <summary>Whether nothing more is to come.</summary>
    [JsonIgnore]
    public bool IsFinal => HeldBack.Count == 0 && UnreadableInCopies;
}

/// <param name="ErasureId">The erasure.</param>
/// <param name="RequestId">The request that it carries out; null if nobody asked and a closed account's period is over.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="OrderedAt">When.</param>
internal sealed record ErasureOrdered(
    Guid ErasureId,
    Guid? RequestId,
    Guid AccountId,
    DateTimeOffset OrderedAt);

internal sealed record StoreErased(StoreProof Proof);

/// <summary>Where something was found. Never what.</summary>
/// <param name="Table">Schema and table.</param>
/// <param name="Column">The column.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Path">Where in the column's JSON.</param>
/// <param name="Group">The group of sealed data that can still be opened; null if it is in clear.</param>
internal sealed record FoundAt(string Table, string Column, long Rows, string? Path = null, string? Group = null);

/// <summary>A service found what must not be there; it is not certified as long as that is so.</summary>
internal sealed record StoreStopped(
    string Store, IReadOnlyList<FoundAt> Places, DateTimeOffset RetryAt, long Version, DateTimeOffset NoticedAt);

/// <summary>What a service found in one place is not the person's.</summary>
internal sealed record FoundPlaceAccepted(string Store, AcceptedPlace Place, DateTimeOffset AcceptedAt);

/// <summary>All have answered.</summary>
internal sealed record ErasureProven(DateTimeOffset ProvenAt);

/// <summary>The certificate, as it was given out.</summary>
/// <param name="Number">Counted from 1; a later one follows when what was held back is gone, or copies of keys cannot be read any
/// more.</param>
/// <param name="Jws">Signed; holds no personal data.</param>
/// <param name="IsFinal">Whether nothing is held back any more, and no copy of a key can be read.</param>
/// <param name="CertifiedAt">When.</param>
internal sealed record ErasureCertified(int Number, string Jws, bool IsFinal, DateTimeOffset CertifiedAt);

/// <summary>The erasure of a person as a whole: who has answered, and what is certified.</summary>
internal sealed record ErasureOfPerson : IOwned
{
    /// <summary>Those that must answer.</summary>
    public static readonly ImmutableArray<string> Stores = ["accounts", "domains", "orders", "privacy"];

    public Guid Id { get; init; }

    public required ErasureOrdered Order { get; init; }

    Guid? IOwned.AccountId => Order.AccountId;

    public ImmutableSortedDictionary<string, StoreProof> Proofs { get; init; } =
        ImmutableSortedDictionary.Create<string, StoreProof>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, StoreStopped> Stopped { get; init; } =
        ImmutableSortedDictionary.Create<string, StoreStopped>(StringComparer.Ordinal);

    public ImmutableList<FoundPlaceAccepted> Accepted { get; init; } = [];

    /// <summary>The partners that have to answer; null as long as it is not known which these are.</summary>
    public RecipientsTold? Told { get; init; }

    public ImmutableDictionary<Guid, RecipientErased> Answered { get; init; } =
        ImmutableDictionary<Guid, RecipientErased>.Empty;

    public ImmutableDictionary<Guid, RecipientOverdue> Overdue { get; init; } =
        ImmutableDictionary<Guid, RecipientOverdue>.Empty;

    public ImmutableList<ErasureCertified> Certificates { get; init; } = [];

    /// <summary>Whether there is something to certify.</summary>
    public bool IsProven => Stopped.IsEmpty
        && Stores.All(Proofs.ContainsKey)
        && Told is { } told && told.Recipients.All(one => IsSettled(one.PartnerId));

    /// <summary>Whether nothing more is to come: no store keeps anything, and every partner has answered.</summary>
    public bool IsFinal => Proofs.Values.All(proof => proof.IsFinal)
        && Told is { } told && told.Recipients.All(one => Answered.ContainsKey(one.PartnerId));

    public bool IsRecipient(Guid partnerId) => Told is { } told && told.Recipients.Any(one => one.PartnerId == partnerId);

    /// <summary>Whether the partner has answered, or its time is up.</summary>
    public bool IsSettled(Guid partnerId) => Answered.ContainsKey(partnerId) || Overdue.ContainsKey(partnerId);

    /// <summary>Whether no answer came in between.</summary>
    public bool TellsAsMuchAs(ErasureOfPerson other) =>
        (Proofs.Count, Answered.Count, Overdue.Count) == (other.Proofs.Count, other.Answered.Count, other.Overdue.Count)
        && Proofs.All(one => other.Proofs.GetValueOrDefault(one.Key)?.Version == one.Value.Version);

    public static ErasureOfPerson Create(ErasureOrdered e) => new() { Id = e.ErasureId, Order = e };

    public ErasureOfPerson Apply(StoreErased e) => this with
    {
        Proofs = Proofs.SetItem(e.Proof.Store, e.Proof),
        Stopped = Stopped.Remove(e.Proof.Store),
    };

    public ErasureOfPerson Apply(StoreStopped e) => this with { Stopped = Stopped.SetItem(e.Store, e) };

    public ErasureOfPerson Apply(FoundPlaceAccepted e) => this with { Accepted = Accepted.Add(e) };

    public ErasureOfPerson Apply(RecipientsTold e) => this with { Told = e };

    public ErasureOfPerson Apply(RecipientGivenTime _) => this;

    public ErasureOfPerson Apply(RecipientErased e) => this with { Answered = Answered.SetItem(e.PartnerId, e) };

    public ErasureOfPerson Apply(RecipientOverdue e) => this with { Overdue = Overdue.SetItem(e.PartnerId, e) };

    public ErasureOfPerson Apply(ErasureProven _) => this;

    public ErasureOfPerson Apply(ErasureCertified e) => this with { Certificates = Certificates.Add(e) };
}
