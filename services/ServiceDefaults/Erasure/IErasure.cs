using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>A group that is kept for now, and why.</summary>
/// <param name="Group">Which, such as <c>billing</c>.</param>
/// <param name="Ground">Because of what, such as <c>tax-law</c> or a legal hold's reference.</param>
/// <param name="Until">Until when; null if that is not known.</param>
public sealed record HeldBack(string Group, string Ground, DateTimeOffset? Until);

/// <summary>What a service does to erase a person, beside destroying keys. Each part may be called again.</summary>
public interface IErasure
{
    /// <summary>From now on nothing more of the person comes in: an account is closed. Appends; never saves.</summary>
    /// <param name="work">Commits with the note that the erasure began.</param>
    /// <param name="accountId">The person's account.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task CloseAsync(UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What law or a contract makes this service keep for now.</summary>
    /// <param name="accountId">The person's account.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<(DataGroup Group, string Ground, DateTimeOffset Until)>> KeepsAsync(
        Guid accountId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes what no key protects: rows, indexes, credentials. What belongs to a group that is held stays, and is
    /// deleted when this is called again after that; what lets somebody in goes at once.</summary>
    /// <param name="accountId">The person's account.</param>
    /// <param name="subjects">The person's ids, as they were when the erasure began.</param>
    /// <param name="held">The groups of which nothing may go yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many of what there were.</returns>
    Task<IReadOnlyList<RemovedRows>> ForgetAsync(
        Guid accountId,
        IReadOnlyList<Guid> subjects,
        IReadOnlySet<DataGroup> held,
        CancellationToken cancellationToken);
}

/// <summary>Rows that were deleted.</summary>
/// <param name="What">Such as <c>logins</c>.</param>
/// <param name="Count">How many.</param>
public sealed record RemovedRows(string What, int Count);
