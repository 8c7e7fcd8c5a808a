using System.Net.Mime;
using EPerfect.PersonalData;
using EPerfect.Privacy.Requests.Exports.Archive;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>
/// Hands over the archive: to the login that asked, having just signed in, and to nobody else. Not to staff either, also
/// where staff filed the request for who wrote: the person signs in and fetches it, and nobody of ours ever reads one.
/// </summary>
internal static class DownloadExport
{
    internal static Refusal? WhyNot(Export? export, Guid accountId, Guid? loginId, bool isProven, DateTimeOffset now) =>
        export is null || export.Granted.AccountId != accountId || (export.Recipient is { } only && only != loginId)
            ? Refusals.NotFound("export")
        : !isProven ? RequestRefusals.NotVerified
        : export.IsOverAt(now) ? ExportRefusals.Over
        : export.Ready is null ? ExportRefusals.NotReady
        : null;

    private static async Task<IResult> Handle(
        Guid accountId,
        Guid exportId,
        Reader reader,
        Writer writer,
        Caller caller,
        Vault vault,
        ArchiveMaker maker,
        HttpResponse response,
        TimeProvider time,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (caller.WhyNot(accountId, "export") is { } foreign) return Problems.From(foreign);
        var isProven = Filer.Of(caller, accountId, hasMandate: false, now).Proof is not null;
        var export = await reader.LatestAsync<Export>(exportId, ct);
        if (WhyNot(export, accountId, caller.UserId, isProven, now) is { } refusal) return Problems.From(refusal);

        // Restricted or not: the person consents by fetching it (GDPR Art. 18(2)).
        var opened = await vault.OpenAsync(export!.Ordered!.Secret, RestrictionException.ConsentOfThePerson, ct);
        if (opened is not Opened<ExportSecret>.Clear(var secret)) return Problems.From(ExportRefusals.Over);
        var noted = await writer.ChangeAsync<Export>(
            exportId,
            caller.Actor,
            latest => WhyNot(latest, accountId, caller.UserId, isProven, now) is { } late
                ? late
                : Decision.Of(new ExportDownloaded(caller.UserId, now)),
            ct);
        if (noted.Refusal is { } ended) return Problems.From(ended);
        response.Headers.CacheControl = "no-store";
        // The end of each file of a zip is written synchronously, whatever its opener does; all else is not.
        response.HttpContext.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return Results.Stream(
            stream => maker.WriteAsync(export, secret, stream, ct),
            MediaTypeNames.Application.Zip,
            $"export-{export.Granted.Kind}-{now:yyyy-MM-dd}.zip");
    }

    public static void Map(RouteGroupBuilder exports) => exports.MapGet("/{exportId:guid}/archive", Handle)
        .WithName("DownloadExport")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("The archive of an export, for who asked for it and has just signed in.")
        .Produces(StatusCodes.Status200OK, contentType: MediaTypeNames.Application.Zip)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
