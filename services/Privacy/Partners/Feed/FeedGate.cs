using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.People;
using Marten;
using Npgsql;
using SessionOptions = Marten.Services.SessionOptions;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>What may be sent now, in order; or nothing, because deliveries stand still.</summary>
internal sealed record GateAnswer(Partner? Partner, Agreement? InForce, IReadOnlyList<Cleared> Cleared);

/// <summary>
/// Whoever sends asks here at the moment of sending, each time. What is let out is in the person's accounting before it
/// leaves. A withdrawal and a narrowing write to the stream whose row is held here: either it was let out before, or the
/// change is seen.
/// </summary>
internal sealed class FeedGate(NpgsqlDataSource database, IDocumentStore store, EnclosedOpener opener, TimeProvider time)
{
    private const int MostTries = 5;

    private string Schema => store.Options.DatabaseSchemaName;

    /// <param name="partnerId">Who is to be told.</param>
    /// <param name="way">How: <c>pull</c>, <c>webhook</c> or <c>amqp</c>.</param>
    /// <param name="entries">Of what, in order.</param>
    /// <param name="cancellationToken">Gives up: nothing is let out.</param>
    public Task<GateAnswer> AskAsync(
        Guid partnerId, string way, IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken) =>
        AskAsync(partnerId, way, entries, (partner, now) => partner.InForce(now), cancellationToken);

    /// <summary>What is owed to people is told while deliveries stand still too: ids, of whom the partner was told before
    /// (GDPR Art. 19). Nothing else leaves this way.</summary>
    /// <inheritdoc cref="AskAsync(Guid, string, IReadOnlyList{FeedEntry}, CancellationToken)"/>
    public Task<GateAnswer> AskForDutiesAsync(
        Guid partnerId, string way, IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken) => AskAsync(
            partnerId,
            way,
            [.. entries.Where(IsOwed)],
            (partner, _) => partner.Agreement,
            cancellationToken);

    private async Task<GateAnswer> AskAsync(
        Guid partnerId,
        string way,
        IReadOnlyList<FeedEntry> entries,
        Func<Partner, DateTimeOffset, Agreement?> choose,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(partnerId, way, entries, choose, cancellationToken);
            }
            // Who writes to many people at once may hold one that we wait for and wait for one that we hold.
            catch (PostgresException lost) when (
                lost.SqlState == PostgresErrorCodes.DeadlockDetected && attempt < MostTries)
            {
                await Task.Delay(Random.Shared.Next(1, 10 * attempt), cancellationToken);
            }
        }
    }

    private async Task<GateAnswer> TryAsync(
        Guid partnerId,
        string way,
        IReadOnlyList<FeedEntry> entries,
        Func<Partner, DateTimeOffset, Agreement?> choose,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var subjects = entries.Select(entry => entry.Recorded.Subject).Distinct().ToArray();
        var versions = await HoldAsync(connection, [.. subjects, partnerId], cancellationToken);

        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        var now = time.GetUtcNow();
        var partner = await session.Events.FetchLatest<Partner>(partnerId, cancellationToken);
        if (partner is null || choose(partner, now) is not { } agreement) return new(partner, null, []);

        var owed = entries.Where(IsOwed).Select(entry => entry.Recorded.Subject).Distinct().ToArray();
        var told = await DisclosureLog.ToldAsync(connection, Schema, partnerId, owed, cancellationToken);
        var facts = await DecisionPoint.NowAsync(session, subjects.FirstOrDefault(), now, cancellationToken);
        var people = new Dictionary<Guid, Person?>();
        var cleared = new List<Cleared>();
        foreach (var entry in entries)
        {
            var subject = entry.Recorded.Subject;
            if (!people.TryGetValue(subject, out var person))
            {
                person = versions.ContainsKey(subject)
                    ? await session.Events.FetchLatest<Person>(subject, cancellationToken)
                    : null;
                people.Add(subject, person);
            }

            var decided = FeedRules.Decide(entry, partner, agreement, facts with { Person = person }, told.Contains(subject));
            if (decided is null || await opener.UnsealAsync(decided, partner, cancellationToken) is not { } opened) continue;
            cleared.Add(opened);
            // What follows on the same page may be told by duty because of it.
            told.Add(subject);
        }

        var lines = cleared.ConvertAll(one => Disclosure.Of(
            one, partnerId, agreement.Version, versions.GetValueOrDefault(one.Entry.Recorded.Subject), way, now));
        await DisclosureLog.AddAsync(connection, Schema, lines, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(partner, agreement, cleared);
    }

    private static bool IsOwed(FeedEntry entry) => FeedTypes.Find(entry.Recorded.Type) is { Release: ReleaseRule.Duty };

    /// <summary>Nobody changes these streams until we have committed. In one order, so that two who ask do not meet.</summary>
    /// <returns>The version of each that there is.</returns>
    private async Task<Dictionary<Guid, long>> HoldAsync(
        NpgsqlConnection connection, Guid[] streams, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select id, version from {Schema}.mt_streams where id = any($1) order by id for share", connection);
        command.Parameters.AddWithValue(streams);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new Dictionary<Guid, long>();
        while (await rows.ReadAsync(cancellationToken)) versions[rows.GetGuid(0)] = rows.GetInt64(1);
        return versions;
    }
}
