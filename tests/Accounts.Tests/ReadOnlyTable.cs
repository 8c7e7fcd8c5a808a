using Npgsql;

namespace EPerfect.Accounts.Tests;

/// <summary>One table takes no new rows, as on a server that has become a standby, until this is disposed.</summary>
internal sealed class ReadOnlyTable : IAsyncDisposable
{
    private readonly NpgsqlDataSource admin;

    private ReadOnlyTable(NpgsqlDataSource admin) => this.admin = admin;

    /// <param name="database">The connection of who may.</param>
    /// <param name="table">Such as <c>identity.logins</c>.</param>
    /// <param name="rows">Which rows; <c>new</c> is each.</param>
    public static async Task<ReadOnlyTable> BeginAsync(string database, string table, string rows = "true")
    {
        var begun = new ReadOnlyTable(NpgsqlDataSource.Create(database));
        await begun.ExecuteAsync($"""
            create function identity.refuses() returns trigger language plpgsql as
                $$ begin raise exception using errcode = 'read_only_sql_transaction'; end $$;
            create trigger refuses before insert on {table} for each row when ({rows}) execute function identity.refuses();
            """);
        return begun;
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync("drop function identity.refuses() cascade");
        await admin.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
