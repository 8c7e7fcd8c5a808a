using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>How far a partner has got by one way.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Way">The way.</param>
/// <param name="Position">It has everything up to here.</param>
/// <param name="IsOn">Whether anything is sent this way.</param>
/// <param name="Failures">How often in a row what comes next could not be sent.</param>
/// <param name="FailingSince">Since when.</param>
/// <param name="NextAttemptAt">Not before then.</param>
/// <param name="Types">Which of the agreed types the partner takes this way; all, if there is none.</param>
/// <param name="Redeliver">Positions that are sent once more, besides.</param>
/// <param name="TakenBack">How often what had been sent was taken back: whoever was sending then has moved nothing.</param>
internal sealed record FeedProgress(
    Guid PartnerId,
    string Way,
    long Position,
    bool IsOn,
    int Failures,
    DateTimeOffset? FailingSince,
    DateTimeOffset? NextAttemptAt,
    IReadOnlyList<string> Types,
    IReadOnlyList<long> Redeliver,
    int TakenBack)
{
    private const string AtOnce = "failures = 0, failing_since = null, next_attempt_at = null";

    /// <summary>Whether the partner takes this by this way. What is not a matter of agreement it always gets.</summary>
    public bool Takes(FeedEntry entry) =>
        Types.Count == 0
        || Types.Contains(entry.Recorded.Type, StringComparer.Ordinal)
        || FeedTypes.Find(entry.Recorded.Type) is not { Release: ReleaseRule.Agreed };

    /// <summary>Turns the way on for a partner: from the place where it stopped, or from this one if it never was on or stopped
    /// before it; see <see cref="FeedBeginning"/>.</summary>
    public static void TurnOn(UnitOfWork work, Guid partner, string way, long after) =>
        Insert(work, partner, way, after, "position = greatest(progress.position, excluded.position)");

    /// <summary>Turns the way on from this place, wherever it was.</summary>
    public static void TurnOnFrom(UnitOfWork work, Guid partner, string way, long after) =>
        Insert(work, partner, way, after, "position = excluded.position");

    /// <summary>What failed is tried again at once, and what was before is not held against it.</summary>
    public static void TryAtOnce(UnitOfWork work, Guid partner, string way) => work.Session.QueueSqlCommand(
        $"update {Table(work)} set {AtOnce} where partner_id = ? and way = ?", partner, way);

    /// <summary>Nothing is sent this way any more; the place is kept.</summary>
    public static void TurnOff(UnitOfWork work, Guid partner, string way) => work.Session.QueueSqlCommand(
        $"update {Table(work)} set is_on = false, redeliver = '{{}}' where partner_id = ? and way = ?", partner, way);

    /// <summary>Only these types are sent this way from now on; all, if there is none. The way must have been turned
    /// on.</summary>
    public static void Choose(UnitOfWork work, Guid partner, string way, IEnumerable<string> types) =>
        work.Session.QueueSqlCommand(
            $"update {Table(work)} set types = string_to_array(?, ',') where partner_id = ? and way = ?",
            string.Join(',', types),
            partner,
            way);

    /// <summary>What stands at this position is sent once more, as soon as the sender comes to it.</summary>
    public static void SendAgain(UnitOfWork work, Guid partner, string way, long position) => work.Session.QueueSqlCommand(
        $"update {Table(work)} set redeliver = array_append(redeliver, ?) where partner_id = ? and way = ?",
        position,
        partner,
        way);

    private static void Insert(UnitOfWork work, Guid partner, string way, long after, string update) =>
        work.Session.QueueSqlCommand(
            $"""
            insert into {Table(work)} as progress (partner_id, way, position, is_on) values (?, ?, ?, true)
            on conflict (partner_id, way) do update set is_on = true, {AtOnce}, {update}
            """,
            partner,
            way,
            after);

    private static string Table(UnitOfWork work) =>
        $"{work.Session.DocumentStore.Options.DatabaseSchemaName}.{FeedProgressTable.Name}";
}
