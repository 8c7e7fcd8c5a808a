namespace EPerfect.ServiceDefaults;

/// <summary>One thing that a service holds on a person: an event, a document, a row.</summary>
/// <param name="Source">What it is: an event's stored name, or a table's.</param>
/// <param name="Id">The stream, document or row.</param>
/// <param name="At">When it came to be.</param>
/// <param name="Data">All of it; what says something about a person is sealed inside.</param>
public sealed record Holding(string Source, string Id, DateTimeOffset At, object Data);

/// <summary>What a service holds on a person. Exports tell it, erasures look for it and destroy it: what is not named here
/// is neither told nor destroyed.</summary>
public interface IHoldings
{
    /// <summary>The ids that the person's data is sealed under: the account's, a login's.</summary>
    /// <param name="accountId">The person's account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Guid>> SubjectsAsync(Guid accountId, CancellationToken cancellationToken);

    /// <summary>All that is held, the oldest first.</summary>
    /// <param name="accountId">The person's account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<Holding> OfAsync(Guid accountId, CancellationToken cancellationToken);
}
