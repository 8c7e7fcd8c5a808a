using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure.Reactions;

/// <summary>A service has erased a person.</summary>
internal sealed class ErasedReaction<TAnswer>(TimeProvider time) : IReaction<TAnswer>
    where TAnswer : ShreddedAnswer, IContract
{
    public Guid StreamOf(TAnswer message) => message.ErasureId;

    public Task ReactAsync(UnitOfWork work, TAnswer message, CancellationToken cancellationToken) =>
        work.ChangeAsync<ErasureOfPerson>(
            message.ErasureId, erasure => Answers.Take(erasure, Proof(message), time.GetUtcNow()), cancellationToken);

    private static StoreProof Proof(TAnswer x) => new(
        TAnswer.WireName.Split('.')[0],
        [.. x.Groups.Select(group => new ShreddedGroup(group.Group, group.Keys, group.Versions, group.ShreddedAt))],
        [.. x.HeldBack.Select(held => new HeldBack(held.Group, held.Ground, held.Until))],
        [.. x.Removed.Select(rows => new RemovedRows(rows.What, rows.Count))],
        Of(x.Search),
        x.ShreddedAt,
        x.StreamVersion,
        x.UnreadableInCopies,
        x.UnreadableInCopiesFrom,
        x.Accepted.Count == 0 ? null : [.. x.Accepted.Select(Of)]);

    private static AcceptedPlace Of(AcceptedInClear x) => new(x.Table, x.Column, x.Path, x.Rows, x.Ground);

    private static SearchResult Of(StoreSearch x) => new(
        x.Tables, x.Columns, x.Texts, x.Plaintext, x.Unreadable, x.Readable, x.SearchedAgain);
}
