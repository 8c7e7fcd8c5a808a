using EPerfect.Privacy.Partners.Agreements;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>Reads and moves the places of partners. Nothing moves that was moved meanwhile: by who replays, or by another
/// instance, or because what was being sent was taken back.</summary>
internal sealed class FeedProgressStore(NpgsqlDataSource database, IDocumentStore store)
{
    private const string Columns =
        "partner_id, way, position, is_on, failures, failing_since, next_attempt_at, types, redeliver, taken_back";

    private string Table => $"{store.Options.DatabaseSchemaName}.{FeedProgressTable.Name}";

    /// <summary>On, while its agreement is not over: until something is agreed anew there is nothing to bring.</summary>
    private string GoesOn => $"is_on and not {PartnerLine.HasEnded(store, "partner_id")}";

    /// <summary>All that goes on.</summary>
    public Task<IReadOnlyList<FeedProgress>> GoingOnAsync(CancellationToken cancellationToken) =>
        ReadAsync(GoesOn, [], cancellationToken);

    /// <returns>Null if it does not go on.</returns>
    public async Task<FeedProgress?> FindGoingOnAsync(Guid partner, string way, CancellationToken cancellationToken) =>
        (await ReadAsync($"partner_id = $1 and way = $2 and {GoesOn}", [partner, way], cancellationToken)).SingleOrDefault();

    /// <summary>Of one partner, by each way.</summary>
    public Task<IReadOnlyList<FeedProgress>> OfAsync(Guid partner, CancellationToken cancellationToken) =>
        ReadAsync("partner_id = $1 order by way", [partner], cancellationToken);

    public async Task<FeedProgress?> FindAsync(Guid partner, string way, CancellationToken cancellationToken) =>
        (await ReadAsync("partner_id = $1 and way = $2", [partner, way], cancellationToken)).SingleOrDefault();

    /// <summary>It has everything up to there.</summary>
    /// <returns>As it stands now; null if it was moved meanwhile.</returns>
    public Task<FeedProgress?> MoveAsync(FeedProgress at, long to, CancellationToken cancellationToken) => ChangeAsync(
        at, "position = $5, failures = 0, failing_since = null, next_attempt_at = null", [to], cancellationToken);

    /// <summary>What had been sent from this position on was taken back and is to be sent anew. Who is sending it meanwhile,
    /// and has not stored its place, cannot store it any more.</summary>
    public Task TakeBackAsync(Guid partner, string way, long position, CancellationToken cancellationToken) => AskAsync(
        $"update {Table} set position = least(position, $3), taken_back = taken_back + 1 "
        + $"where partner_id = $1 and way = $2 returning {Columns}",
        [partner, way, position - 1],
        cancellationToken);

    /// <summary>What comes next could not be sent. If it was to be tried at once meanwhile, that holds.</summary>
    public Task FailAsync(
        FeedProgress at, DateTimeOffset now, DateTimeOffset next, CancellationToken cancellationToken) => ChangeAsync(
            at,
            "failures = failures + 1, failing_since = coalesce(failing_since, $5), next_attempt_at = $6",
            [now.ToUniversalTime(), next.ToUniversalTime(), at.Failures],
            cancellationToken,
            "and failures = $7");

    /// <summary>It was sent once more, or could not be.</summary>
    public Task SentAgainAsync(FeedProgress at, long position, CancellationToken cancellationToken) =>
        ChangeAsync(at, "redeliver = array_remove(redeliver, $5)", [position], cancellationToken);

    private async Task<FeedProgress?> ChangeAsync(
        FeedProgress at, string change, object[] values, CancellationToken cancellationToken, string provided = "") =>
        (await AskAsync(
            $"update {Table} set {change} where partner_id = $1 and way = $2 and position = $3 and taken_back = $4 {provided} "
            + $"returning {Columns}",
            [at.PartnerId, at.Way, at.Position, at.TakenBack, .. values],
            cancellationToken)).SingleOrDefault();

    private Task<IReadOnlyList<FeedProgress>> ReadAsync(
        string clause, object[] values, CancellationToken cancellationToken) =>
        AskAsync($"select {Columns} from {Table} where {clause}", values, cancellationToken);

    private async Task<IReadOnlyList<FeedProgress>> AskAsync(
        string statement, object[] values, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(statement);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<FeedProgress>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new FeedProgress(
                rows.GetGuid(0),
                rows.GetString(1),
                rows.GetInt64(2),
                rows.GetBoolean(3),
                rows.GetInt32(4),
                rows.IsDBNull(5) ? null : rows.GetFieldValue<DateTimeOffset>(5),
                rows.IsDBNull(6) ? null : rows.GetFieldValue<DateTimeOffset>(6),
                rows.GetFieldValue<string[]>(7),
                rows.GetFieldValue<long[]>(8),
                rows.GetInt32(9)));
        }

        return found;
    }
}
