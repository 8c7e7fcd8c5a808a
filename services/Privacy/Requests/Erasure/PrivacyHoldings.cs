using System.Runtime.CompilerServices;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>What the person accepted and allowed, and what they asked for.</summary>
internal sealed class PrivacyHoldings(IDocumentSession session) : IHoldings
{
    public Task<IReadOnlyList<Guid>> SubjectsAsync(Guid accountId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Guid>>([accountId]);

    public async IAsyncEnumerable<Holding> OfAsync(
        Guid accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var requests = await session.Query<RequestLine>()
            .Where(line => line.AccountId == accountId)
            .OrderBy(line => line.ReceivedAt)
            .Select(line => line.Id)
            .ToListAsync(cancellationToken);
        foreach (var stream in requests.Prepend(accountId))
        {
            foreach (var e in await session.Events.FetchStreamAsync(stream, token: cancellationToken))
                yield return new Holding(e.EventTypeName, stream.ToString("D"), e.Timestamp, e.Data);
        }
    }
}

/// <summary>That a person was erased is kept, under a number; all that could be read of them is sealed.</summary>
internal sealed class PrivacyErasure : IErasure
{
    public Task CloseAsync(UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<IReadOnlyList<(DataGroup Group, string Ground, DateTimeOffset Until)>> KeepsAsync(
        Guid accountId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(DataGroup, string, DateTimeOffset)>>([]);

    public Task<IReadOnlyList<RemovedRows>> ForgetAsync(
        Guid accountId,
        IReadOnlyList<Guid> subjects,
        IReadOnlySet<DataGroup> held,
        CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RemovedRows>>([]);
}
