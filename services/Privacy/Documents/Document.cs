using System.Collections.Immutable;

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

/// <summary>One document with every version that there ever was.</summary>
internal sealed record Document(Guid Id, string Kind, ImmutableList<DocumentPublished> Versions)
{
    public DocumentPublished Newest => Versions[^1];

    public static Document Create(DocumentPublished e) => new(DocumentKind.StreamOf(e.Kind), e.Kind, [e]);

    public Document Apply(DocumentPublished e) => this with { Versions = Versions.Add(e) };

    public DocumentPublished? Find(int version) => Versions.Find(published => published.Version == version);

    public DocumentPublished? InForce(DateTimeOffset now) =>
        Versions.FindLast(published => published.EffectiveAt <= now);
}
