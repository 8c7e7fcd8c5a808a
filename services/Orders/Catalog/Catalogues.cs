using System.Collections.Concurrent;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace EPerfect.Orders.Catalog;

/// <summary>The catalogue in memory, by version. Another instance may have published a new one: the version is looked
/// up again every few seconds, which is one row, and only a new version is loaded.</summary>
internal sealed class Catalogues(
    IDocumentStore store, SeedCatalogue seed, TimeProvider clock, IOptions<JsonOptions> json)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<int, byte[]> views = new();
    private volatile Looked? last;

    /// <summary>The catalogue in force.</summary>
    public async ValueTask<Catalogue> CurrentAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (last is { } known && now - known.At < Fresh) return known.Catalogue;

        await seed.Seeded.WaitAsync(StartPatience, cancellationToken);
        await using var session = store.QuerySession();
        var state = await session.Events.FetchStreamStateAsync(Catalogue.StreamId, cancellationToken);
        var catalogue = state!.Version == last?.Catalogue.Version
            ? last!.Catalogue
            : (await session.Events.AggregateStreamAsync<Catalogue>(Catalogue.StreamId, token: cancellationToken))!;
        last = new(catalogue, now);
        return catalogue;
    }

    /// <summary>A version as it is sent to clients, written once; null if there is none such.</summary>
    public async ValueTask<byte[]?> ViewAsync(int version, CancellationToken cancellationToken)
    {
        if (views.TryGetValue(version, out var view)) return view;
        var current = await CurrentAsync(cancellationToken);
        if (version < 1 || version > current.Version) return null;
        var catalogue = current;
        if (version != current.Version)
        {
            await using var session = store.QuerySession();
            catalogue = (await session.Events.AggregateStreamAsync<Catalogue>(
                Catalogue.StreamId, version, token: cancellationToken))!;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(CatalogueView.Of(catalogue), json.Value.SerializerOptions);
        return views.GetOrAdd(version, bytes);
    }

    private sealed record Looked(Catalogue Catalogue, DateTimeOffset At);
}
