using System.Text.Json;
using EPerfect.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPerfect.Gateway.Tests;

/// <summary>The gateway as it runs in production, with shorter times, in front of the given addresses.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication running;

    private RunningGateway(WebApplication app, CapturedLog log)
    {
        (running, Log) = (app, log);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        // The client is outside: the telemetry of this process, which is the gateway's, must not begin traces for it.
        Client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri(addresses.Addresses.Single()),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public HttpClient Client { get; }

    public CapturedLog Log { get; }

    public IServiceProvider Services => running.Services;

    public static async Task<RunningGateway> StartAsync(params IEnumerable<(string Cluster, Uri Address)> destinations)
    {
        var log = new CapturedLog();
        string[] settings =
        [
            "--urls=http://127.0.0.1:0",
            "--EveryCluster:HealthCheck:Active:Interval=00:00:00.1",
            "--EveryCluster:HealthCheck:Active:Timeout=00:00:01",
            "--EveryCluster:HttpRequest:ActivityTimeout=00:00:02",
            .. destinations.Select((to, index) =>
                $"--ReverseProxy:Clusters:{to.Cluster}:Destinations:{(char)('a' + index)}:Address={to.Address}"),
        ];
        var app = Program.Build(settings, builder =>
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Information));
        await app.StartAsync();
        return new RunningGateway(app, log);
    }

    public static Task<RunningGateway> StartAsync(string cluster, params IEnumerable<Backend> backends) =>
        StartAsync(backends.Select(backend => (cluster, backend.Address)));

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

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await running.StopAsync();
        await running.DisposeAsync();
    }
}
