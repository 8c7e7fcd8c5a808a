namespace EPerfect.ServiceDefaults;

/// <summary>One thing that a service holds on a person: an event, a document, a row.</summary>
/// <param name="Source">What it is: an event's stored name, or a table's.</param>
/// <param name="Id">The stream, document or row.</param>
/// <param name="At">When it came to be; null if that is not kept.</param>
/// <param name="Data">All of it; what says something about a person is sealed inside.</param>
public sealed record Holding(string Source, string Id, DateTimeOffset? At, object Data)
{
    /// <summary>Why an export tells that it is there and not what it says: one of <see cref="WithheldReasons"/>.</summary>
    public string? Withheld { get; init; }

    /// <summary>Whether an erasure looks for what it says in clear. Not where it quotes what stands elsewhere rightly, such as
    /// the id of who looked.</summary>
    public bool IsSought { get; init; } = true;
}

/// <summary>Whose data an export tells.</summary>
/// <param name="Subjects">The ids that it is sealed under: the account's, a login's.</param>
/// <param name="LoginId">The login that is told of itself, and alone may have it; null if none is.</param>
public sealed record Told(IReadOnlyList<Guid> Subjects, Guid? LoginId = null);

/// <summary>What a service holds on a person. Exports tell it, erasures look for it and destroy it: what is not named here
/// is neither told nor destroyed.</summary>
public interface IHoldings
{
    /// <summary>The ids that the person's data is sealed under, and that an erasure destroys: the account's, a login's.</summary>
    /// <param name="accountId">The person's account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Guid>> SubjectsAsync(Guid accountId, CancellationToken cancellationToken);

    /// <summary>Whose data an export tells. Not always what an erasure destroys: a login that is in use elsewhere stays, and
    /// is told; an account's other owner is told of the account, not of the first one's login.</summary>
    /// <param name="accountId">The person's account.</param>
    /// <param name="loginId">The login that asked; null if staff began it, for a person who wrote.</param>
    /// <param name="cancellationToken">Gives up.</param>
    async Task<Told> ToldAsync(Guid accountId, Guid? loginId, CancellationToken cancellationToken) =>
        new(await SubjectsAsync(accountId, cancellationToken));

    /// <summary>All that is held, in an order that stays the same while nothing is deleted. Reads no more at once than fits
    /// into memory.</summary>
    /// <param name="accountId">The person's account.</param>
    /// <param name="subjects">What <see cref="SubjectsAsync"/> or <see cref="ToldAsync"/> gave.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<Holding> OfAsync(
        Guid accountId, IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken);
}
