using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Sharing;

/// <summary>
/// A partner may be told of all who agreed before: the services are asked of them page by page, each page in a transaction of its
/// own. Killed, it goes on after the last page. Who agrees meanwhile is asked for by that.
/// </summary>
internal sealed class AskEverybody(
    NpgsqlDataSource database, IDocumentStore store, Writer writer, AskForData ask, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "ask-for-partner-data";
    private const int PageSize = 50;

    /// <summary>Then it lets others run, and goes on when it is due again.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(8);

    public static IEnumerable<DeadlineChange> DeadlinesOf(object e) => e switch
    {
        AskingBegun x => [new DeadlineChange.Set(Kind, x.BegunAt)],
        AskingEnded => [new DeadlineChange.Clear(Kind)],
        _ => [],
    };

    /// <summary>A round that another one has overtaken does not end it.</summary>
    internal static Decision End(Partner? partner, int round, DateTimeOffset now) =>
        partner?.AskingRound == round ? Decision.Of(new AskingEnded(round, now)) : Decision.Nothing;

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < MostTime && await AskPageAsync(deadline.StreamId, cancellationToken))
        {
            // Goes on.
        }
    }

    private async Task<bool> AskPageAsync(Guid partnerId, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        var partner = (await session.Events.FetchLatest<Partner>(partnerId, cancellationToken))!;
        var round = partner.AskingRound;
        var progress = await session.LoadAsync<AskingProgress>(partnerId, cancellationToken);
        var page = await PageAsync(progress?.Round == round ? progress.After : 0, cancellationToken);
        if (page.Count == 0 || partner.Agreed(time.GetUtcNow()) is null)
        {
            await writer.ChangeAsync<Partner>(
                partnerId, $"privacy/{Kind}", latest => End(latest, round, time.GetUtcNow()), cancellationToken);
            return false;
        }

        await writer.WriteAsync(
            partnerId,
            $"privacy/{Kind}",
            async (work, token) =>
            {
                await AskAsync(work, partner, [.. page.Select(one => one.Person).Distinct()], token);
                work.Session.Store(new AskingProgress(partnerId, round, page[^1].Place));
                return Decision.Nothing;
            },
            cancellationToken);
        return true;
    }

    private async Task AskAsync(UnitOfWork work, Partner partner, Guid[] people, CancellationToken cancellationToken)
    {
        var facts = await DecisionPoint.NowAsync(work.Session, people[0], time.GetUtcNow(), cancellationToken);
        foreach (var id in people)
        {
            var person = await work.Session.Events.FetchLatest<Person>(id, cancellationToken);
            await ask.ForOneAsync(work, partner, id, facts with { Person = person }, AskCause.Consent, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<(long Place, Guid Person)>> PageAsync(long after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select seq_id, stream_id from {store.Options.DatabaseSchemaName}.mt_events
            where seq_id > $1 and type = 'consent_changed' and data ->> 'purpose' = $2 and (data ->> 'given')::boolean
            order by seq_id limit {PageSize}
            """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(Purposes.PartnerSharing);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<(long, Guid)>();
        while (await rows.ReadAsync(cancellationToken)) found.Add((rows.GetInt64(0), rows.GetGuid(1)));
        return found;
    }
}
