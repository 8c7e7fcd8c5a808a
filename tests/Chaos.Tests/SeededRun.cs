using System.Globalization;

namespace EPerfect.Chaos.Tests;

/// <summary>One run of three minutes, whose stores are looked at afterwards. <c>EPERFECT_CHAOS_SEED</c> gives it another
/// seed.</summary>
public sealed class SeededRun : IAsyncLifetime
{
    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("EPERFECT_CHAOS_SEED") ?? "1", NumberStyles.None, CultureInfo.InvariantCulture);

    internal Run Run { get; } = new(Options.Default(Seed));

    internal Result Result { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Result = await Run.JudgedAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => Run.DisposeAsync();
}
