using System.Net.Sockets;
using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>Tells "the store does not answer" from every other failure.</summary>
internal static class Outage
{
    public static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Is(e))
        {
            throw new VaultUnavailableException(e);
        }
    }

    private static bool Is(Exception e) => e switch
    {
        // 57P: going down or coming up. 25006: read-only, as a standby is until it takes over.
        PostgresException { SqlState: ['5', '7', 'P', ..] or "25006" } => true,
        NpgsqlException { IsTransient: true } => true,
        TimeoutException or SocketException or IOException => true,
        _ => false,
    };
}
