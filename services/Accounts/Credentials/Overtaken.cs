using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EPerfect.Accounts.Credentials;

/// <summary>Somebody changed the same login in between: a form that was sent twice, or from two windows.</summary>
internal sealed class OvertakenException : Exception;

internal static class Overtaken
{
    /// <summary>Whether the change was lost to another one. Two who add the same row at once meet at its key.</summary>
    public static bool Is(Exception exception) => exception
        is OvertakenException
        or DbUpdateConcurrencyException
        or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } };

    /// <exception cref="OvertakenException">Somebody else was faster.</exception>
    /// <exception cref="InvalidOperationException">What is asked for cannot be.</exception>
    public static void Demand(this IdentityResult result)
    {
        if (result.Succeeded) return;
        var code = result.Errors.First().Code;
        throw code == nameof(IdentityErrorDescriber.ConcurrencyFailure)
            ? new OvertakenException()
            : new InvalidOperationException(code);
    }
}
