using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>One place in which a search found something in clear, and in which that is not the person's: it stands in the way no
/// more. Any other place does.</summary>
/// <param name="Table">Schema and table.</param>
/// <param name="Column">The column.</param>
/// <param name="Path">Where in its JSON; null if it is no JSON.</param>
/// <param name="Rows">How many rows, when it was accepted.</param>
/// <param name="Ground">Why, such as <c>coincidence</c>.</param>
public sealed record AcceptedPlace(string Table, string Column, string? Path, long Rows, string Ground)
{
    /// <summary>Whether it is this one, and not merely one like it: where more is found than was looked at, somebody looks
    /// again.</summary>
    /// <param name="found">What a search found.</param>
    public bool Is(FoundPlace found) =>
        (Table, Column, Path) == (found.Table, found.Column, found.Path) && found.Rows <= Rows;
}

/// <summary>The privacy officer has accepted a place: if it is one of ours, the search is repeated at once.</summary>
internal sealed class FoundInClearAcceptedReaction(ServiceDefinition definition, TimeProvider time)
    : IReaction<FoundInClearAccepted>
{
    public Guid StreamOf(FoundInClearAccepted message) => message.ErasureId;

    public Task ReactAsync(UnitOfWork work, FoundInClearAccepted message, CancellationToken cancellationToken) =>
        message.Store != definition.Name
            ? Task.CompletedTask
            : work.AcceptPlaceAsync(
                message.ErasureId,
                new AcceptedPlace(message.Table, message.Column, message.Path, message.Rows, message.Ground),
                time.GetUtcNow(),
                cancellationToken);
}
