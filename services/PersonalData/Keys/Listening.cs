using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>
/// Hears at once of what other processes destroyed or restricted, so that keys do not wait in the memory of an idle
/// process. Only a help: what counts is <see cref="Freshness"/>, which needs no connection that stays.
/// </summary>
internal sealed class Listening(VaultOptions options, Sql sql, KeyStore store, KeyCache cache)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A connection that is silently dead is found out by asking.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Until cancelled, over as many connections as it takes.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(ct);
            }
            catch (Exception e) when (e is NpgsqlException or VaultUnavailableException or IOException or TimeoutException)
            {
                await Task.Delay(Pause, options.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await options.Source.OpenConnectionAsync(ct);
        connection.Notification += (_, told) =>
        {
            if (long.TryParse(told.Payload, out var generation))
            {
                cache.MoveTo(generation);
            }
        };
        await using var listen = new NpgsqlCommand($"listen {sql.Channel}", connection);
        await listen.ExecuteNonQueryAsync(ct);
        try
        {
            // What changed before we listened.
            cache.MoveTo(await store.GenerationAsync(ct));
            while (true)
            {
                if (!await connection.WaitAsync(Silence, ct))
                {
                    await using var ask = new NpgsqlCommand("select 1", connection);
                    await ask.ExecuteScalarAsync(ct);
                }
            }
        }
        finally
        {
            // It would go on listening for whoever takes it next from the pool.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await using var unlisten = new NpgsqlCommand($"unlisten {sql.Channel}", connection);
                await unlisten.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }
}
