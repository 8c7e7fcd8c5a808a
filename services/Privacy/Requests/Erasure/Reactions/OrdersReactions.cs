using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.Requests.Erasure.Reactions;

/// <summary>Orders has erased a person.</summary>
internal sealed class ErasedInOrdersReaction(TimeProvider time) : IReaction<C.PersonalDataShredded>
{
    public Guid StreamOf(C.PersonalDataShredded message) => message.ErasureId;

    public Task ReactAsync(UnitOfWork work, C.PersonalDataShredded message, CancellationToken cancellationToken) =>
        work.ChangeAsync<ErasureOfPerson>(
            message.ErasureId, erasure => Answers.Take(erasure, Proof(message), time.GetUtcNow()), cancellationToken);

    private static StoreProof Proof(C.PersonalDataShredded x) => new(
        "orders",
        Proofs.Of(x.Groups),
        Proofs.Of(x.HeldBack),
        Proofs.Of(x.Removed),
        Proofs.Of(x.Search),
        x.ShreddedAt,
        x.StreamVersion);
}

/// <summary>Orders found what must not be there.</summary>
internal sealed class StoppedInOrdersReaction(TimeProvider time) : IReaction<C.ErasureStopped>
{
    public Guid StreamOf(C.ErasureStopped message) => message.ErasureId;

    public Task ReactAsync(UnitOfWork work, C.ErasureStopped message, CancellationToken cancellationToken) =>
        work.ChangeAsync<ErasureOfPerson>(
            message.ErasureId,
            erasure => Answers.Take(erasure, Stopped(message)),
            cancellationToken);

    private StoreStopped Stopped(C.ErasureStopped x) =>
        new("orders", Proofs.Of(x.Places), x.RetryAt, x.StreamVersion, time.GetUtcNow());
}
