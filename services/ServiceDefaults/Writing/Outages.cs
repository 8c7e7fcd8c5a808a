using System.Net.Sockets;
using EPerfect.PersonalData;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Tells that a part we lean on is away, which passes, from a fault that stays.</summary>
internal static class Outages
{
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        VaultUnavailableException or TimeoutException or SocketException or OperationCanceledException => true,
        PostgresException postgres => postgres.IsTransient || postgres.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction
            || postgres.SqlState.StartsWith("57", StringComparison.Ordinal),
        NpgsqlException => true,
        AggregateException many => many.InnerExceptions.Any(Is),
        _ => Is(exception.InnerException),
    };
}
