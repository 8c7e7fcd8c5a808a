using System.Text.Json;
using EPerfect.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPerfect.Gateway.Tests;

/// <summary>
/// The gateway as it runs in production, with shorter times, in front of the given addresses. Its <see cref="Client"/> is
/// somebody with a token, its <see cref="Stranger"/> nobody.
/// </summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication running;

    private static readonly Lazy<Task<TestIssuer>> CommonIssuer = new(() => TestIssuer.StartAsync());

    private RunningGateway(WebApplication app, CapturedLog log, TestIssuer issuer)
    {
        (running, Log, Issuer) = (app, log, issuer);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Addresses = [.. addresses.Addresses.Select(address => new Uri(address))];
        Stranger = NewClient();
        Client = NewClient(issuer.Token());
    }

    public IReadOnlyList<Uri> Addresses { get; }

    public HttpClient Client { get; }

    public HttpClient Stranger { get; }

    /// <summary>Whose tokens count.</summary>
    public TestIssuer Issuer { get; }

    public CapturedLog Log { get; }

    public IServiceProvider Services => running.Services;

    public static Task<RunningGateway> StartAsync(params IEnumerable<(string Cluster, Uri Address)> destinations) =>
        StartAsync(destinations, []);

    public static Task<RunningGateway> StartAsync(string cluster, params IEnumerable<Backend> backends) =>
        StartAsync(backends.Select(backend => (cluster, backend.Address)));

    public static async Task<RunningGateway> StartAsync(
        IEnumerable<(string Cluster, Uri Address)> destinations,
        IEnumerable<string> settings,
        Action<WebApplicationBuilder>? configure = null,
        TestIssuer? issuer = null)
    {
        var log = new CapturedLog();
        issuer ??= await CommonIssuer.Value;
        string[] args =
        [
            "--environment=Development",
            "--urls=http://127.0.0.1:0",
            $"--Identity:Issuer={issuer.Issuer}",
            "--EveryCluster:HealthCheck:Active:Interval=00:00:00.1",
            "--EveryCluster:HealthCheck:Active:Timeout=00:00:01",
            "--EveryCluster:HttpRequest:ActivityTimeout=00:00:02",
            .. destinations.Select((to, index) =>
                $"--ReverseProxy:Clusters:{to.Cluster}:Destinations:{(char)('a' + index)}:Address={to.Address}"),
            .. settings,
        ];
        var app = Program.Build(args, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Information);
            configure?.Invoke(builder);
        });
        await app.StartAsync();
        return new RunningGateway(app, log, issuer);
    }

    /// <summary>Somebody else.</summary>
    /// <param name="token">What he shows; null for nothing.</param>
    public HttpClient NewClient(string? token = null)
    {
        // The client is outside: the telemetry of this process, which is the gateway's, must not begin traces for it.
        var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null, UseCookies = false };
        var client = new HttpClient(handler) { BaseAddress = Addresses[0], Timeout = TimeSpan.FromSeconds(20) };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>How the gateway says that one instance stands.</summary>
    public async Task<string?> StandingAsync(string cluster, string destination = "a")
    {
        using var health = JsonDocument.Parse(await (await Client.GetAsync("/health")).Content.ReadAsStringAsync());
        return health.RootElement.GetProperty("clusters").GetProperty(cluster).GetProperty("destinations")
            .GetProperty(destination).GetString();
    }

    public Task UntilAsync(string cluster, string destination, string standing) => Until.TrueAsync(
        async () => await StandingAsync(cluster, destination) == standing,
        $"{cluster}/{destination} is {standing}",
        TimeSpan.FromSeconds(15));

    public Task StopAsync() => running.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Stranger.Dispose();
        await running.StopAsync();
        await running.DisposeAsync();
    }
}
