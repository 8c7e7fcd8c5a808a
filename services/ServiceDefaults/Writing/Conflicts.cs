using JasperFx;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Tells a lost race, which is decided again, from a fault.</summary>
internal static class Conflicts
{
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        ConcurrencyException or DocumentAlreadyExistsException or Marten.Exceptions.ExistingStreamIdCollisionException
            or JasperFx.Events.ExistingStreamIdCollisionException => true,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.UniqueViolation
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        AggregateException many => many.InnerExceptions.Any(Is),
        _ => Is(exception.InnerException),
    };
}
