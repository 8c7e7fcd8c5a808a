using EPerfect.Contracts.Privacy;

namespace EPerfect.ServiceDefaults;

/// <summary>Privacy orders a restriction: noted here, and carried out at once.</summary>
internal sealed class ProcessingRestrictedReaction(TimeProvider time) : IReaction<ProcessingRestricted>
{
    public Guid StreamOf(ProcessingRestricted message) => PersonRestriction.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, ProcessingRestricted message, CancellationToken cancellationToken) =>
        work.ReceiveRestrictionAsync(
            new RestrictionOrdered(message.AccountId, IsRestricted: true, message.StreamVersion, time.GetUtcNow()),
            cancellationToken);
}

/// <summary>Privacy ends one.</summary>
internal sealed class RestrictionLiftedReaction(TimeProvider time) : IReaction<RestrictionLifted>
{
    public Guid StreamOf(RestrictionLifted message) => PersonRestriction.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, RestrictionLifted message, CancellationToken cancellationToken) =>
        work.ReceiveRestrictionAsync(
            new RestrictionOrdered(message.AccountId, IsRestricted: false, message.StreamVersion, time.GetUtcNow()),
            cancellationToken);
}
