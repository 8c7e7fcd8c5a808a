using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Documents;

internal sealed record DocumentsView(IReadOnlyList<DocumentView> Documents);

internal sealed record DocumentView(
    string Document, string Title, int? InForce, IReadOnlyList<DocumentVersionView> Versions);

internal sealed record DocumentVersionView(int Version, string Sha256, DateTimeOffset EffectiveAt, string Href);

/// <summary>The documents and all their versions, without the text.</summary>
internal static class ReadDocuments
{
    internal static DocumentView Show(Document document, DateTimeOffset now) => new(
        document.Kind,
        document.Newest.Title,
        document.InForce(now)?.Version,
        document.Versions.ConvertAll(
            e => new DocumentVersionView(e.Version, e.Sha256, e.EffectiveAt, Href(e.Kind, e.Version))));

    internal static string Href(string kind, int version) => $"/api/privacy/documents/{kind}/versions/{version}";

    private static async Task<IResult> Handle(Reader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var shown = new List<DocumentView>();
        foreach (var kind in DocumentKind.All)
        {
            var document = await reader.LatestAsync<Document>(DocumentKind.StreamOf(kind), cancellationToken);
            if (document is not null) shown.Add(Show(document, time.GetUtcNow()));
        }

        return Results.Ok(new DocumentsView(shown));
    }

    public static void Map(RouteGroupBuilder privacy) => privacy.MapGet("/documents", Handle)
        .WithName("ReadDocuments")
        .Allow(Access.Anyone)
        .WithSummary("The documents and all their versions.")
        .Produces<DocumentsView>();
}
