using System.Collections.Immutable;
using EPerfect.Privacy.Decisions;

namespace EPerfect.Privacy.Documents;

/// <summary>Holds the bytes themselves: the store, not a file, is what a person is shown to have accepted.</summary>
internal sealed record DocumentPublished(
    string Kind,
    string Title,
    int Version,
    string Sha256,
    DateTimeOffset EffectiveAt,
    byte[] Content,
    DateTimeOffset PublishedAt);

/// <summary>People are to be told of a version before it is used on their data; if it widens purposes, to accept it.</summary>
internal sealed record NoticeDue(string Kind, int Version, string Materiality, DateTimeOffset EffectiveAt);

/// <summary>All that data may be used for under a version of the privacy policy.</summary>
internal sealed record PurposesDeclared(int Version, IReadOnlyList<PurposeDeclaration> Purposes);

/// <summary>One document with every version that there ever was.</summary>
internal sealed record Document(Guid Id, string Kind, ImmutableList<DocumentPublished> Versions)
{
    public DocumentPublished Newest => Versions[^1];

    public ImmutableList<NoticeDue> Notices { get; init; } = [];

    public ImmutableDictionary<int, IReadOnlyList<PurposeDeclaration>> Purposes { get; init; } =
        ImmutableDictionary<int, IReadOnlyList<PurposeDeclaration>>.Empty;

    public static Document Create(DocumentPublished e) => new(DocumentKind.StreamOf(e.Kind), e.Kind, [e]);

    public Document Apply(DocumentPublished e) => this with { Versions = Versions.Add(e) };

    public Document Apply(NoticeDue e) => this with { Notices = Notices.Add(e) };

    public Document Apply(PurposesDeclared e) => this with { Purposes = Purposes.SetItem(e.Version, e.Purposes) };

    public DocumentPublished? Find(int version) => Versions.Find(published => published.Version == version);

    public DocumentPublished? InForce(DateTimeOffset now) =>
        Versions.FindLast(published => published.EffectiveAt <= now);

    public string MaterialityOf(int version) =>
        Notices.Find(notice => notice.Version == version)?.Materiality ?? Materiality.Editorial;

    public IReadOnlyList<PurposeDeclaration> PurposesOf(int version) => Purposes.GetValueOrDefault(version, []);
}
