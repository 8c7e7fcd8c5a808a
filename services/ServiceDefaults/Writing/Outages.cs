using System.Net.Sockets;
using System.Threading.Channels;
using EPerfect.PersonalData;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Tells that a part we lean on is away, which passes, from a fault that stays.</summary>
public static class Outages
{
    /// <summary>Whether it, or what caused it, passes when the part is back: answered 503 with Retry-After.</summary>
    /// <param name="exception">What was thrown; null is none.</param>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        VaultUnavailableException or IdentityUnavailableException => true,
        TimeoutException or SocketException or OperationCanceledException => true,
        // The writer of a service that stops takes nothing more.
        ChannelClosedException => true,
        PostgresException postgres => postgres.IsTransient || postgres.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction
            || postgres.SqlState.StartsWith("57", StringComparison.Ordinal),
        NpgsqlException => true,
        AggregateException many => many.InnerExceptions.Any(Is),
        _ => Is(exception.InnerException),
    };
}
