using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Domains;

namespace EPerfect.Privacy.Requests.Erasure.Reactions;

/// <summary>Domains has erased a person.</summary>
internal sealed class ErasedInDomainsReaction(TimeProvider time) : IReaction<C.PersonalDataShredded>
{
    public Guid StreamOf(C.PersonalDataShredded message) => message.ErasureId;

    public Task ReactAsync(UnitOfWork work, C.PersonalDataShredded message, CancellationToken cancellationToken) =>
        work.ChangeAsync<ErasureOfPerson>(
            message.ErasureId, erasure => Answers.Take(erasure, Proof(message), time.GetUtcNow()), cancellationToken);

    private static StoreProof Proof(C.PersonalDataShredded x) => new(
        "domains",
        Proofs.Of(x.Groups),
        Proofs.Of(x.HeldBack),
        Proofs.Of(x.Removed),
        Proofs.Of(x.Search),
        x.ShreddedAt,
        x.StreamVersion);
}

/// <summary>Domains found what must not be there.</summary>
internal sealed class StoppedInDomainsReaction(TimeProvider time) : IReaction<C.ErasureStopped>
{
    public Guid StreamOf(C.ErasureStopped message) => message.ErasureId;

    public Task ReactAsync(UnitOfWork work, C.ErasureStopped message, CancellationToken cancellationToken) =>
        work.ChangeAsync<ErasureOfPerson>(
            message.ErasureId,
            erasure => Answers.Take(erasure, Stopped(message)),
            cancellationToken);

    private StoreStopped Stopped(C.ErasureStopped x) =>
        new("domains", Proofs.Of(x.Places), x.RetryAt, x.StreamVersion, time.GetUtcNow());
}
