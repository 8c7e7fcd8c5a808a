using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Hashes and compares passwords (PBKDF2, HMAC-SHA512). That is slow on purpose, so only a few are computed at once and
/// the rest waits its turn: a flood of wrong passwords costs its senders time, not everybody.
/// </summary>
internal sealed class Passwords : IDisposable
{
    public const int Iterations = 210_000;

    private const int MostWaiting = 200;

    private static readonly Counter<long> Computed = Telemetry.Meter.CreateCounter<long>(
        "identity.password_hashes", description: "Password hashes computed");

    private readonly PasswordHasher<Login> hasher;
    private readonly string nobodys;
    private readonly ConcurrencyLimiter places = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Environment.ProcessorCount,
        QueueLimit = MostWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public Passwords(IOptions<PasswordHasherOptions> options)
    {
        hasher = new PasswordHasher<Login>(options);
        nobodys = hasher.HashPassword(null!, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
    }

    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        ComputeAsync(() => hasher.HashPassword(null!, PasswordRules.Normalise(password)), cancellationToken);

    /// <summary>Compares. The same work is done where there is no login, or none with a password.</summary>
    public Task<PasswordVerificationResult> VerifyAsync(
        Login? login, string password, CancellationToken cancellationToken) => ComputeAsync(
        () =>
        {
            var result = hasher.VerifyHashedPassword(
                login!, login?.PasswordHash ?? nobodys, PasswordRules.Normalise(password));
            return login?.PasswordHash is null ? PasswordVerificationResult.Failed : result;
        },
        cancellationToken);

    public void Dispose() => places.Dispose();

    private async Task<T> ComputeAsync<T>(Func<T> compute, CancellationToken cancellationToken)
    {
        using var place = await places.AcquireAsync(cancellationToken: cancellationToken);
        if (!place.IsAcquired) throw new TooBusyException();
        Computed.Add(1);
        return compute();
    }
}

/// <summary>More people sign in than can be served; the next moment may do.</summary>
internal sealed class TooBusyException : Exception;
