using System.Runtime.CompilerServices;
using Marten;
using Marten.Events;

namespace EPerfect.ServiceDefaults;

/// <summary>Reads streams of any length.</summary>
public static class StreamPages
{
    private const int Page = 200;

    /// <summary>The streams in which something happened that names an id, the oldest first. Ids alone: there may be
    /// many.</summary>
    /// <param name="session">The store.</param>
    /// <param name="storedAs">The event's stored name.</param>
    /// <param name="path">Where the id stands in the event, such as <c>request,accountId</c>.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IReadOnlyList<Guid>> StreamsAsync(
        this IQuerySession session, string storedAs, string path, Guid id, CancellationToken cancellationToken) =>
        session.AdvancedSql.QueryAsync<Guid>(
            $"select stream_id from {MartenBaseline.Schema}.mt_events where type = ? and data #>> ?::text[] = ? order by seq_id",
            cancellationToken,
            storedAs,
            $"{{{path}}}",
            id.ToString("D"));

    /// <summary>All events of a stream in order, a page at a time.</summary>
    /// <param name="events">The store.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<Holding> HoldingsAsync(
        this IQueryEventStore events, Guid stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = 1L; ; from += Page)
        {
            var page = await events.FetchStreamAsync(
                stream, version: from + Page - 1, fromVersion: from, token: cancellationToken);
            foreach (var e in page) yield return new Holding(e.EventTypeName, stream.ToString("D"), e.Timestamp, e.Data);
            if (page.Count < Page) yield break;
        }
    }
}
