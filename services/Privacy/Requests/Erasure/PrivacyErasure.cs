using EPerfect.PersonalData;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>That a person was erased is kept, under a number; all that could be read of them is sealed. Exports end: their
/// keys are destroyed with the person's. Requests that are open end too.</summary>
internal sealed class PrivacyErasure : IErasure
{
    public async Task CloseAsync(UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var id in await work.Session.StreamsAsync("export_granted", "accountId", accountId, cancellationToken))
            await EndExport.EndAsync(work, id, ExportEnds.PersonErased, now, cancellationToken);

        // Whatever else was asked for: there is nothing left to do it with.
        var person = await work.Session.Events.FetchLatest<Person>(accountId, cancellationToken);
        var open = await work.Session.Query<RequestLine>()
            .Where(line => line.AccountId == accountId && line.IsOpen)
            .ToListAsync(cancellationToken);
        foreach (var line in open.Where(line => OrderErasure.IdOf(line.Id) != person?.Erasing?.ErasureId))
        {
            await work.ChangeAsync<Request>(
                line.Id,
                request => request is { IsOver: false }
                    ? Decision.Of(new RequestRefused(Grounds.NoDataHeld, now))
                    : Decision.Nothing,
                cancellationToken);
        }
    }

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
