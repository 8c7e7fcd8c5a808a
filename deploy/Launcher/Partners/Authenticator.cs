using System.Globalization;
using EPerfect.Launcher.Infrastructure;
using OtpNet;

namespace EPerfect.Launcher.Partners;

/// <summary>An authenticator app in a file of its owner's alone: the secret, and the last time step whose code was typed. A
/// step counts once.</summary>
internal sealed class Authenticator(string file, TimeProvider clock)
{
    private const int StepSeconds = 30;

    public void Keep(string secret) => Write(secret, 0);

    /// <summary>A code that was not typed before. That of the next step is taken already; for one after it, it waits.</summary>
    public async Task<string> NextCodeAsync(CancellationToken ct)
    {
        var words = (await File.ReadAllTextAsync(file, ct)).Split(' ');
        var step = Math.Max(Now(), long.Parse(words[1], CultureInfo.InvariantCulture) + 1);
        while (step > Now() + 1) await Task.Delay(TimeSpan.FromSeconds(0.5), clock, ct);
        Write(words[0], step);
        return new Totp(Base32Encoding.ToBytes(words[0])).ComputeTotp(
            DateTimeOffset.FromUnixTimeSeconds(step * StepSeconds).UtcDateTime);
    }

    private void Write(string secret, long step) =>
        Secrets.WriteOwnerOnly(file, string.Create(CultureInfo.InvariantCulture, $"{secret} {step}"));

    private long Now() => clock.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;
}
