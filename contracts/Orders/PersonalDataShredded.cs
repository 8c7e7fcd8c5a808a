using EPerfect.Contracts.Privacy;

namespace EPerfect.Contracts.Orders;

/// <summary>Orders has destroyed what it held of a person, searched its store, and proven that nothing readable is left but
/// what is held back. Comes again when that is destroyed too.</summary>
/// <param name="ErasureId">The erasure that ordered it.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Groups">The keys that were destroyed.</param>
/// <param name="HeldBack">What is kept for now, on what ground and until when.</param>
/// <param name="Removed">The rows that were deleted.</param>
/// <param name="Search">What the search found.</param>
/// <param name="ShreddedAt">When it was proven, in UTC.</param>
/// <param name="StreamVersion">The version of the stream that this event made; the higher one counts.</param>
public sealed record PersonalDataShredded(
    Guid ErasureId,
    Guid AccountId,
    IReadOnlyList<ErasedGroup> Groups,
    IReadOnlyList<HeldBackGroup> HeldBack,
    IReadOnlyList<RemovedKind> Removed,
    StoreSearch Search,
    DateTimeOffset ShreddedAt,
    long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.personal-data-shredded.v1";
}
