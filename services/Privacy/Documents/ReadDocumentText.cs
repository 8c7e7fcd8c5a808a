using EPerfect.ServiceDefaults;
using Microsoft.Net.Http.Headers;

namespace EPerfect.Privacy.Documents;

/// <summary>One version as it was published, byte for byte. It never changes, so it may be cached for ever.</summary>
internal static class ReadDocumentText
{
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string PlainText = "text/plain; charset=utf-8";

    private static Task<IResult> OfVersion(
        string kind, int version, Reader reader, HttpResponse response, CancellationToken cancellationToken) =>
        SendAsync(kind, reader, x => x.Find(version), response, ForEver, cancellationToken);

    private static Task<IResult> InForce(
        string kind, Reader reader, TimeProvider time, HttpResponse response, CancellationToken cancellationToken) =>
        SendAsync(kind, reader, x => x.InForce(time.GetUtcNow()), response, "no-cache", cancellationToken);

    private static async Task<IResult> SendAsync(
        string kind,
        Reader reader,
        Func<Document, DocumentPublished?> choose,
        HttpResponse response,
        string caching,
        CancellationToken cancellationToken)
    {
        var document = DocumentKind.IsKnown(kind)
            ? await reader.LatestAsync<Document>(DocumentKind.StreamOf(kind), cancellationToken)
            : null;
        if (document is null || choose(document) is not { } chosen) return Problems.From(Refusals.NotFound("document"));

        response.Headers.CacheControl = caching;
        response.Headers.ContentLocation = ReadDocuments.Href(kind, chosen.Version);
        return Results.Bytes(chosen.Content, PlainText, entityTag: new EntityTagHeaderValue($"\"{chosen.Sha256}\""));
    }

    public static void Map(RouteGroupBuilder privacy)
    {
        privacy.MapGet("/documents/{kind}/versions/{version:int}", OfVersion)
            .WithName("ReadDocumentVersion")
            .Allow(Access.Anyone)
            .WithSummary("The text of one version, byte for byte.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status404NotFound);
        privacy.MapGet("/documents/{kind}/current", InForce)
            .WithName("ReadDocumentInForce")
            .Allow(Access.Anyone)
            .WithSummary("The text that is in force now.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
