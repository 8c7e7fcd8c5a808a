using System.Runtime.CompilerServices;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>What partners were told, from the accounting that the gate keeps.</summary>
internal sealed class PartnerDisclosures(NpgsqlDataSource database, IDocumentStore store) : IDisclosures
{
    public async IAsyncEnumerable<Disclosure> OfAsync(
        Guid accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var partners = new Dictionary<Guid, Partner?>();
        foreach (var line in await DisclosureLog.ReadAsync(
            database,
            store.Options.DatabaseSchemaName,
            "where account_id = $1 order by at, id",
            [accountId],
            cancellationToken))
        {
            if (!partners.TryGetValue(line.PartnerId, out var partner))
            {
                partner = await session.Events.FetchLatest<Partner>(line.PartnerId, cancellationToken);
                partners.Add(line.PartnerId, partner);
            }

            var kinds = line.Fields.Select(field => FeedTypes.Find(line.Type)?.Find(field)?.Category ?? Categories.Account);
            yield return new(
                partner?.Company ?? $"{line.PartnerId:D}",
                [.. kinds.Distinct(StringComparer.Ordinal)],
                line.Purpose ?? "to tell it what it must do no more",
                line.Rule,
                line.At);
        }
    }
}
