using System.Linq.Expressions;
using EPerfect.PersonalData;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Credentials;

/// <summary>How often something went wrong in a row, and until when it rests. Kept per address that was typed, whether
/// anybody has it or not, so that the unknown one answers like the known one.</summary>
internal sealed class AttemptCount
{
    [InClear<AttemptMark>]
    public required string Key { get; init; }

    public int Failures { get; set; }

    public DateTimeOffset RestsUntil { get; set; }

    public DateTimeOffset LastAt { get; set; }
}

/// <summary>
/// Counts attempts at what could be guessed. One is taken before it is looked at, so that a thousand at once are not
/// more than the allowed few; instances count together.
/// </summary>
internal sealed class Attempts(IdentityDatabase database, Resting resting, TimeProvider clock)
{
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public static readonly Retention Retention =
        new("attempts", RetentionTrigger.EntryWritten, "P1D", "long enough to slow down who guesses");

    /// <summary>A password for an address, from anywhere or from one device that the person is known on: strangers do not
    /// use up the attempts of the owner.</summary>
    public static string Password(string emailIndex, string? device = null) => $"password:{emailIndex}:{device}";

    public static string SecondFactor(Guid loginId) => $"factor:{loginId:N}";

    /// <summary>Nobody's mailbox is filled by pressing a button here.</summary>
    public static string Mail(string kind, string emailIndex) => $"mail:{kind}:{emailIndex}";

    /// <summary>Whatever was counted for a person: every key of an address holds its index.</summary>
    public static Expression<Func<AttemptCount, bool>> Of(Guid loginId, string emailIndex)
    {
        var factor = SecondFactor(loginId);
        return one => one.Key == factor || one.Key.Contains(emailIndex);
    }

    /// <summary>Takes an attempt, if one is free. It counts as failed until <see cref="ForgetAsync"/>.</summary>
    public async Task<bool> TakeAsync(string key, CancellationToken cancellationToken)
    {
        while (!resting.Contains(key))
        {
            var now = clock.GetUtcNow();
            var seen = await database.Attempts.AsNoTracking()
                .SingleOrDefaultAsync(count => count.Key == key, cancellationToken);
            // Who has not to rest is not refused because its clock, or the moment at which it was read, is behind the other's.
            if (seen is not null && seen.RestsUntil > seen.LastAt && seen.RestsUntil > now)
            {
                resting.Add(key, seen.RestsUntil);
                return false;
            }

            // Who counted in between makes us look again.
            if (await CountAsync(key, seen, now, cancellationToken)) return true;
        }

        return false;
    }

    /// <summary>Whether this is the first time that the key is seen; for what is good once.</summary>
    public Task<bool> IsFirstAsync(string key, CancellationToken cancellationToken) =>
        CountAsync(key, seen: null, clock.GetUtcNow(), cancellationToken);

    /// <summary>It was right after all: counting begins anew for every key that begins so.</summary>
    public async Task ForgetAsync(string key, CancellationToken cancellationToken)
    {
        await database.Attempts.Where(count => count.Key.StartsWith(key)).ExecuteDeleteAsync(cancellationToken);
        resting.Remove(key);
    }

    private async Task<bool> CountAsync(string key, AttemptCount? seen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var failures = seen is null || now - seen.LastAt > Remembered ? 1 : seen.Failures + 1;
        var restsUntil = now + Backoff.After(failures);
        var changed = seen is null
            ? await database.Database.ExecuteSqlAsync(
                $"""
                insert into identity.attempts (key, failures, rests_until, last_at)
                values ({key}, {failures}, {restsUntil}, {now}) on conflict do nothing
                """,
                cancellationToken)
            : await database.Attempts
                .Where(count => count.Key == key && count.Failures == seen.Failures && count.LastAt == seen.LastAt)
                .ExecuteUpdateAsync(
                    count => count
                        .SetProperty(one => one.Failures, failures)
                        .SetProperty(one => one.RestsUntil, restsUntil)
                        .SetProperty(one => one.LastAt, now),
                    cancellationToken);
        return changed == 1;
    }
}
