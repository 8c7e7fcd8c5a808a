using System.Collections.Frozen;
using System.Collections.Immutable;

namespace EPerfect.Orders.Catalog;

/// <summary>The catalogue at one version. There is one catalogue, hence one stream.</summary>
internal sealed record Catalogue
{
    public static readonly Guid StreamId = new("0190a7c0-0000-7000-8000-00000ca7a109");

    private readonly Lazy<Lookup> _lookup;

    public Catalogue() => _lookup = new(() => new(Content));

    public Guid Id { get; init; } = StreamId;

    public int Version { get; init; }

    public string Sha256 { get; init; } = "";

    /// <summary>The hashes of the versions before it.</summary>
    public ImmutableHashSet<string> Earlier { get; init; } = [];

    public CatalogueContent Content { get; init; } = new([], [], []);

    public DateTimeOffset PublishedAt { get; init; }

    public static Catalogue Create(CataloguePublished e) =>
        new() { Version = e.Version, Sha256 = e.Sha256, Content = e.Content, PublishedAt = e.PublishedAt };

    /// <summary>Each version stands for itself: of those before only the hashes are kept.</summary>
    public static Catalogue Apply(CataloguePublished e, Catalogue before) =>
        Create(e) with { Earlier = before.Earlier.Add(before.Sha256) };

    public Currency? Currency(string code) => _lookup.Value.Currencies.GetValueOrDefault(code);

    public HostingPlan? Plan(string code) => _lookup.Value.Plans.GetValueOrDefault(code);

    public DomainProduct? Domain(string code) => _lookup.Value.Domains.GetValueOrDefault(code);

    private sealed class Lookup(CatalogueContent content)
    {
        public FrozenDictionary<string, Currency> Currencies { get; } =
            content.Currencies.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);

        public FrozenDictionary<string, HostingPlan> Plans { get; } =
            content.Hosting.ToFrozenDictionary(p => p.Code, StringComparer.Ordinal);

        public FrozenDictionary<string, DomainProduct> Domains { get; } =
            content.Domains.ToFrozenDictionary(p => p.Code, StringComparer.Ordinal);
    }
}
