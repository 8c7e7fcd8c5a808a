using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>A request that had begun is refused or taken back: in the same transaction nothing more of its export is kept or
/// handed over, and its key is destroyed next.</summary>
internal static class CallOffExport
{
    internal static Decision Decide(Export? export, DateTimeOffset now) =>
        export is { IsOver: false } ? Decision.Of(new ExportCalledOff(now)) : Decision.Nothing;

    public static async Task OfAsync(UnitOfWork work, Request request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request is { Kind: RequestKind.Access or RequestKind.Portability, StartedAt: not null })
            await work.ChangeAsync<Export>(GrantExport.IdOf(request.Id), export => Decide(export, now), cancellationToken);
    }
}
