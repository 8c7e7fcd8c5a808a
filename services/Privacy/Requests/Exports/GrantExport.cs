using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>Begins an export in the transaction in which its request begins.</summary>
internal static class GrantExport
{
    /// <summary>The export of a request.</summary>
    public static Guid IdOf(Guid requestId) => DeterministicId.From(requestId, "export");

    public static bool Is(RequestKind kind) => kind is RequestKind.Access or RequestKind.Portability;

    public static void Begin(UnitOfWork work, Request request, Decision begun, DateTimeOffset now)
    {
        var id = IdOf(request.Id);
        var verified = begun.Events.OfType<IdentityVerified>().LastOrDefault() ?? request.Verified;
        var kind = request.Kind == RequestKind.Access ? ExportKinds.Access : ExportKinds.Portability;
        work.Start<Export>(id, new ExportGranted(id, request.Id, request.AccountId, verified?.LoginId, kind, now));
    }
}
