namespace EPerfect.Orders.Catalog;

/// <summary>A whole catalogue took effect. Old versions stay in the stream for ever: placed orders are pinned to
/// them.</summary>
internal sealed record CataloguePublished(
    int Version, string Sha256, CatalogueContent Content, DateTimeOffset PublishedAt);
