using EPerfect.PersonalData;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>That a person was erased is kept, under a number; all that could be read of them is sealed. Exports end: their
/// keys are destroyed with the person's.</summary>
internal sealed class PrivacyErasure : IErasure
{
    public async Task CloseAsync(UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var id in await work.Session.StreamsAsync("export_granted", "accountId", accountId, cancellationToken))
        {
            await EndExport.EndAsync(work, id, ExportEnds.PersonErased, now, cancellationToken);
            var request = (await work.Session.Events.FetchLatest<Export>(id, cancellationToken))!.Granted.RequestId;
            await work.ChangeAsync<Request>(
                request,
                open => open is { IsOver: false } ? Decision.Of(new RequestRefused(Grounds.NoDataHeld, now)) : Decision.Nothing,
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
