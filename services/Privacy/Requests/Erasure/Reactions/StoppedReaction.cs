using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure.Reactions;

/// <summary>A service found what must not be there.</summary>
internal sealed class StoppedReaction<TAnswer>(TimeProvider time) : IReaction<TAnswer>
    where TAnswer : StoppedAnswer, IContract
{
    public Guid StreamOf(TAnswer message) => message.ErasureId;

    public Task ReactAsync(UnitOfWork work, TAnswer message, CancellationToken cancellationToken) =>
        work.ChangeAsync<ErasureOfPerson>(
            message.ErasureId, erasure => Answers.Take(erasure, Stopped(message)), cancellationToken);

    private StoreStopped Stopped(TAnswer x) => new(
        TAnswer.WireName.Split('.')[0],
        [.. x.Places.Select(place => new FoundAt(place.Table, place.Column, place.Rows, place.Path, place.Group))],
        x.RetryAt,
        x.StreamVersion,
        time.GetUtcNow());
}
