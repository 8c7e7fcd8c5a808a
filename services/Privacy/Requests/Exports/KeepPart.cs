using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>What a part that comes in means for the export. Parts come again, late and out of order.</summary>
internal static class KeepPart
{
    public static readonly TimeSpan Available = TimeSpan.FromDays(7);

    internal static Decision Decide(Export? export, ExportPartKept part)
    {
        if (export is not { Ordered: not null, Ready: null, IsOver: false }) return Decision.Nothing;
        if (export.Parts.GetValueOrDefault(part.Service) is { } known
            && (part.Attempt < known.Attempt || (part.Attempt == known.Attempt && known.Numbers.Contains(part.Number))))
            return Decision.Nothing;
        return export.Apply(part).IsWhole
            ? Decision.Of(part, new ExportReady(part.KeptAt, part.KeptAt + Available))
            : Decision.Of(part);
    }

    public static async Task KeepAsync(
        UnitOfWork work, Guid exportId, ExportPartKept part, string content, CancellationToken cancellationToken)
    {
        Export? export = null;
        var decided = await work.ChangeAsync<Export>(
            exportId, latest => Decide(export = latest, part), cancellationToken);
        if (decided.Events.Count == 0) return;
        work.Session.Store(new KeptPart(
            KeptPart.IdOf(exportId, part.Service, part.Attempt, part.Number), exportId, content));
        if (!decided.Events.OfType<ExportReady>().Any()) return;
        await work.ChangeAsync<Request>(
            export!.Granted.RequestId,
            request => request is { IsOver: false } ? Decision.Of(new RequestDone(part.KeptAt)) : Decision.Nothing,
            cancellationToken);
    }
}
