using System.Data;
using JasperFx.Events.Daemon;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Which instance runs a projection or the publisher: advisory locks of one session, which the server gives free when
/// the session ends. Marten's own are held by a transaction that stays open, and while it does, no row version that was
/// current when its last statement began is vacuumed: rows that change with every commit grow to chains of thousands
/// which each reader walks. This session has no transaction. Npgsql asks the server each second whether it is there.
/// </summary>
internal sealed class LeaderLocks(NpgsqlDataSource database) : IAdvisoryLock
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly HashSet<int> held = [];
    private NpgsqlConnection? session;

    public bool HasLock(int lockId)
    {
        lock (held) return session is { State: ConnectionState.Open } && held.Contains(lockId);
    }

    public async Task<bool> TryAttainLockAsync(int lockId, CancellationToken token)
    {
        await turn.WaitAsync(token);
        try
        {
            if (session is not { State: ConnectionState.Open }) await BeginSessionAsync(token);
            if (HasLock(lockId)) return true;
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", session);
            command.Parameters.AddWithValue((long)lockId);
            if (!(bool)(await command.ExecuteScalarAsync(token))!) return false;
            lock (held) return held.Add(lockId);
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task ReleaseLockAsync(int lockId)
    {
        await turn.WaitAsync();
        try
        {
            if (!HasLock(lockId)) return;
            await using var command = new NpgsqlCommand("select pg_advisory_unlock($1)", session);
            command.Parameters.AddWithValue((long)lockId);
            await command.ExecuteNonQueryAsync();
            lock (held) held.Remove(lockId);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        await EndSessionAsync();
        turn.Dispose();
    }

    private async Task BeginSessionAsync(CancellationToken token)
    {
        await EndSessionAsync();
        session = await database.OpenConnectionAsync(token);
    }

    private async Task EndSessionAsync()
    {
        lock (held) held.Clear();
        if (session is { } ended) await ended.DisposeAsync();
        session = null;
    }
}
