using System.Text;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Policy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Documents;

internal sealed record PublishVersionRequest(
    string Text,
    string Materiality,
    DateTimeOffset EffectiveAt,
    string? Title = null,
    IReadOnlyList<PurposeDeclaration>? Purposes = null);

internal sealed record PublishedVersionView(
    string Document, int Version, string Sha256, DateTimeOffset EffectiveAt, string Href, IReadOnlyList<string> Warnings);

/// <summary>Staff publishes the next version of a document, and with it the next set. A repeat changes nothing.</summary>
internal sealed class PublishVersion(PublicationCheck check, Writer writer, Caller caller, TimeProvider time)
{
    private async Task<(Decision Decision, IReadOnlyList<string> Warnings)> PublishAsync(
        DocumentText text, Document document, CancellationToken cancellationToken)
    {
        // What is published is judged no more.
        var judgement = document.Find(text.Version) is null
            ? await check.JudgeAsync(text, document.Newest.Content, cancellationToken)
            : Judgement.Fine;
        if (judgement.Refusal is { } refusal) return (refusal, []);
        var decision = await writer.WriteAsync(
            PolicySets.StreamId,
            caller,
            async (work, token) =>
            {
                var now = time.GetUtcNow();
                var published = await work.ChangeAsync<Document>(
                    DocumentKind.StreamOf(text.Kind), state => PublishDocument.Decide(state, text, now), token);
                if (published.Refusal is not null || published.Events.Count == 0) return published;
                var member = new SetMember(text.Kind, text.Version, text.Sha256);
                return await work.ChangeAsync<PolicySets>(
                    PolicySets.StreamId, sets => PolicySets.Add(sets, member, text.EffectiveAt, now), token);
            },
            cancellationToken);
        return (decision, judgement.Warnings);
    }

    private static async Task<IResult> Handle(
        string kind,
        int version,
        PublishVersionRequest request,
        PublishVersion publish,
        Reader reader,
        CancellationToken cancellationToken)
    {
        var document = DocumentKind.IsKnown(kind)
            ? await reader.LatestAsync<Document>(DocumentKind.StreamOf(kind), cancellationToken)
            : null;
        if (document is null) return Problems.From(Refusals.NotFound("document"));
        if (!Documents.Materiality.All.Contains(request.Materiality, StringComparer.Ordinal)) return Problems.From(Unknown);
        if (string.IsNullOrWhiteSpace(request.Text)) return Problems.From(Empty);

        var text = new DocumentText(
            kind,
            request.Title ?? document.Newest.Title,
            version,
            request.EffectiveAt.ToUniversalTime(),
            Encoding.UTF8.GetBytes(request.Text))
        {
            Materiality = request.Materiality,
            Purposes = request.Purposes,
        };
        var (decision, warnings) = await publish.PublishAsync(text, document, cancellationToken);
        return decision.Refusal is { } refusal
            ? Problems.From(refusal)
            : Results.Ok(new PublishedVersionView(
                kind, version, text.Sha256, text.EffectiveAt, ReadDocuments.Href(kind, version), warnings));
    }

    public static void Map(RouteGroupBuilder privacy) => privacy.MapPut("/documents/{kind}/versions/{version:int}", Handle)
        .WithName("PublishDocumentVersion")
        .Allow(Access.Of(StaffRole.Legal | StaffRole.PrivacyOfficer))
        .WithSummary("Publishes the next version of a document. Never in the past; what is published is never changed.")
        .Produces<PublishedVersionView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static readonly Refusal Unknown = new(
        422,
        "materiality-unknown",
        $"A materiality is one of: {string.Join(", ", Documents.Materiality.All)}.",
        "/materiality");

    private static readonly Refusal Empty = new(422, "document-empty", "A document says something.", "/text");
}
