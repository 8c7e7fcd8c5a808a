using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Hashes and compares passwords (PBKDF2, HMAC-SHA512). That is slow on purpose, so only a few are computed at once and
/// the rest waits its turn. Strangers queue apart from who was here before or has proven something: whoever sprays
/// passwords keeps other strangers waiting, not the owners.
/// </summary>
internal sealed class Passwords : IDisposable
{
    public const int Iterations = 210_000;

    private const int MostWaiting = 200;

    private static readonly Counter<long> Computed = Telemetry.Meter.CreateCounter<long>(
        "identity.password_hashes", description: "Password hashes computed");

    private readonly PasswordHasher<Login> hasher;
    private readonly string nobodys;
    private readonly ConcurrencyLimiter known = Places(Environment.ProcessorCount);
    private readonly ConcurrencyLimiter strangers = Places(Math.Max(1, Environment.ProcessorCount / 2));

    public Passwords(IOptions<PasswordHasherOptions> options)
    {
        hasher = new PasswordHasher<Login>(options);
        nobodys = hasher.HashPassword(null!, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
    }

    /// <summary>For who has proven to be the one whose password it will be.</summary>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        ComputeAsync(() => hasher.HashPassword(null!, PasswordRules.Normalise(password)), isKnown: true, cancellationToken);

    /// <summary>Compares. The same work is done where there is no login, or none with a password.</summary>
    public Task<PasswordVerificationResult> VerifyAsync(
        Login? login, string password, bool isKnown, CancellationToken cancellationToken) => ComputeAsync(
        () =>
        {
            var result = hasher.VerifyHashedPassword(
                login!, login?.PasswordHash ?? nobodys, PasswordRules.Normalise(password));
            return login?.PasswordHash is null ? PasswordVerificationResult.Failed : result;
        },
        isKnown,
        cancellationToken);

    public void Dispose()
    {
        known.Dispose();
        strangers.Dispose();
    }

    private static ConcurrencyLimiter Places(int count) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = count,
        QueueLimit = MostWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private async Task<T> ComputeAsync<T>(Func<T> compute, bool isKnown, CancellationToken cancellationToken)
    {
        using var place = await (isKnown ? known : strangers).AcquireAsync(cancellationToken: cancellationToken);
        if (!place.IsAcquired) throw new TooBusyException();
        Computed.Add(1);
        return compute();
    }
}

/// <summary>More people sign in than can be served; the next moment may do.</summary>
internal sealed class TooBusyException : Exception;
