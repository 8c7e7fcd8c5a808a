using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>A platform of its own, with two of each service that acts on the outside: its operator is taken.</summary>
public sealed class OperatorsPlatform : IAsyncLifetime
{
    private HttpClient? staff;

    public RunningPlatform Running { get; } = RunningPlatform.WithTwo("orders", "domains");

    /// <summary>Shows an operator's token.</summary>
    public HttpClient Operator => staff!;

    public async ValueTask InitializeAsync()
    {
        await Running.InitializeAsync();
        staff = await Running.OperatorAsync();
    }

    public async ValueTask DisposeAsync()
    {
        staff?.Dispose();
        await Running.DisposeAsync();
    }
}
