using EPerfect.Privacy.Partners.Feed;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Weasel.Postgresql.Tables;

namespace EPerfect.Privacy.Requests.Rectification;

/// <summary>One row for each correction that somebody may have to answer still. A projection: dropped and rebuilt, it is the
/// same.</summary>
internal sealed class UnansweredCorrectionRows : EventProjection
{
    public const string TableName = "unanswered_corrections";

    private readonly string table;

    private UnansweredCorrectionRows(string table)
    {
        (this.table, Name) = (table, TableName);
        Options.DeleteDataInTableOnTeardown(table);
    }

    public static void Add(StoreOptions options)
    {
        var rows = new Table($"{options.DatabaseSchemaName}.{TableName}");
        rows.AddColumn<Guid>("rectification_id").AsPrimaryKey();
        rows.AddColumn<Guid>("account_id").NotNull();
        rows.AddColumn<Guid>("feed_id").NotNull();
        rows.AddColumn<Guid>("entry_id").NotNull();
        rows.AddColumn<DateTimeOffset>("answer_by").NotNull()
            .AddIndex(index => index.Columns = ["answer_by", "rectification_id"]);
        rows.AddColumn("told", "uuid[]").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(rows);
        options.Projections.Add(new UnansweredCorrectionRows(rows.Identifier.QualifiedName), ProjectionLifecycle.Inline);
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        switch (e.Data)
        {
            case DataRectified x:
                operations.QueueSqlCommand(
                    $"insert into {table} (rectification_id, account_id, feed_id, entry_id, answer_by, told) "
                    + "values (?, ?, ?, ?, ?, '{}') on conflict do nothing",
                    x.RectificationId,
                    x.AccountId,
                    RecordEntry.StreamOf(x.AccountId),
                    RecordRectification.EntryOf(x).EntryId,
                    (x.AnswerBy ?? x.RectifiedAt + SettleRectification.Patience).ToUniversalTime());
                break;
            case RecipientTold x:
                operations.QueueSqlCommand(
                    $"update {table} set told = array_append(told, ?) where rectification_id = ?",
                    x.PartnerId, x.RectificationId);
                break;
            case RectificationSettled { RestBy: { } by } x:
                operations.QueueSqlCommand(
                    $"update {table} set answer_by = ? where rectification_id = ?", by.ToUniversalTime(), x.RectificationId);
                break;
            case RectificationSettled { IsAnswered: true } x:
                operations.QueueSqlCommand($"delete from {table} where rectification_id = ?", x.RectificationId);
                break;
            default:
                break;
        }

        return ValueTask.CompletedTask;
    }
}
