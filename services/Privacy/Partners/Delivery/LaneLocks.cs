using Npgsql;

namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>
/// Which partner and way this instance sends for. Advisory locks of one session, however many partners there are; lost
/// with it, all at once. Until that is noticed, a second at most, another instance may repeat what this one sends.
/// </summary>
internal sealed class LaneLocks(NpgsqlDataSource database) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private LockSession? current;

    /// <returns>Null while another instance sends.</returns>
    public async Task<LaneLock?> TryTakeAsync(string lane, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            current ??= new(await database.OpenConnectionAsync(cancellationToken), new CancellationTokenSource());
            return await AskAsync(current, "select pg_try_advisory_lock(hashtextextended($1, 0))", lane)
                ? new LaneLock(this, current, lane)
                : null;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Finds out whether what was taken is still held.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (current is not null) await AskAsync(current, "select $1 = $1", "");
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        if (current is not null) await LoseAsync(current);
        turn.Dispose();
    }

    internal async Task ReleaseAsync(LockSession session, string lane)
    {
        await turn.WaitAsync();
        try
        {
            if (session == current) await AskAsync(session, "select pg_advisory_unlock(hashtextextended($1, 0))", lane);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<bool> AskAsync(LockSession session, string question, string lane)
    {
        try
        {
            await using var command = new NpgsqlCommand(question, session.Connection);
            command.Parameters.AddWithValue(lane);
            return (bool)(await command.ExecuteScalarAsync())!;
        }
        catch
        {
            await LoseAsync(session);
            throw;
        }
    }

    private async Task LoseAsync(LockSession session)
    {
        current = null;
        await session.Lost.CancelAsync();
        try
        {
            // Whoever takes it next from the pool must not hold them.
            await using var free = new NpgsqlCommand("select pg_advisory_unlock_all()", session.Connection);
            await free.ExecuteNonQueryAsync();
        }
        catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException)
        {
            // So is the session, and its locks are gone.
        }

        await session.Connection.DisposeAsync();
    }
}

/// <summary>The session that holds the locks, and what tells that it holds them no more.</summary>
internal sealed record LockSession(NpgsqlConnection Connection, CancellationTokenSource Lost);

/// <summary>Held until it is given back, or lost.</summary>
internal sealed class LaneLock(LaneLocks locks, LockSession session, string lane) : IAsyncDisposable
{
    public CancellationToken Lost { get; } = session.Lost.Token;

    public async ValueTask DisposeAsync() => await locks.ReleaseAsync(session, lane);
}
