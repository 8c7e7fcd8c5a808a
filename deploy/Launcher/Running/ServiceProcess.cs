using System.Globalization;
using EPerfect.Launcher.Building;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Running;

/// <summary>One of our own processes: an instance of a service, or the gateway.</summary>
internal sealed class ServiceProcess(Home home, string name, Func<string> assembly, Func<Variables> settings) : IPart
{
    // Longer than a service takes to finish what it has begun.
    public static readonly TimeSpan TimeToDrain = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Daemon daemon = home.Daemon(name);

    public string Name => name;

    public ProcessIdentity? Running => daemon.Running;

    public string LogFile => daemon.LogFile;

    public string Assembly => assembly();

    public Uri Address => new($"http://127.0.0.1:{home.Ports[name].ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Where Prometheus reads its metrics.</summary>
    public Uri Metrics => new($"http://127.0.0.1:{MetricsPort}/metrics");

    private string MetricsPort => home.Ports[$"{name}-metrics"].ToString(CultureInfo.InvariantCulture);

    public async Task StartAsync(CancellationToken ct)
    {
        if (daemon.Running is { } running)
        {
            if (running.CommandLine().Contains(Assembly, StringComparison.Ordinal))
            {
                await ReadyAsync(ct);
                return;
            }

            await StopAsync(); // it runs an older build
        }

        TakePorts();
        await daemon.StartAsync(new DaemonCommand(DotNet.Path, "exec", Assembly)
        {
            WorkingDirectory = Path.GetDirectoryName(Assembly)!,
            DiesWithUs = home.ChildrenDieWithUs,
            Environment = Surroundings(),
        });
        await ReadyAsync(ct);
    }

    /// <summary>Settles where it will listen, if it does not yet: before others are told.</summary>
    public void TakePorts()
    {
        if (daemon.Running is not null) return;
        home.Ports.Free(name);
        home.Ports.Free($"{name}-metrics");
    }

    public Task StopAsync() => daemon.StopAsync(Signal.Terminate, TimeToDrain);

    public Task KillAsync() => daemon.KillAsync();

    public void Send(Signal signal) => daemon.Send(signal);

    /// <summary>What the process is told; also what a command of the same program needs.</summary>
    public Variables Surroundings()
    {
        var all = settings();
        all["ASPNETCORE_URLS"] = $"{Address};{Metrics.GetLeftPart(UriPartial.Authority)}";
        all["Metrics__Port"] = MetricsPort;
        all["ASPNETCORE_ENVIRONMENT"] = "Development";
        all["Telemetry__TraceFile"] = home.TraceOf(name);
        return all;
    }

    /// <summary>Carries out a command of the same program, and shows what it says.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> AskAsync(params IReadOnlyList<string> words)
    {
        var surroundings = Surroundings();
        surroundings.Remove("Telemetry__TraceFile"); // it is the running process's
        var result = await Tool.RunAsync(
            null, Environment.CurrentDirectory, surroundings, [DotNet.Path, "exec", Assembly, .. words],
            CancellationToken.None);
        Console.Write(result.Output);
        return result.ExitCode;
    }

    private async Task ReadyAsync(CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        string? answer = null;
        var ready = await Poll.UntilAsync(async token =>
        {
            if (daemon.Running is null)
                throw new LaunchException($"{name} ended while it was starting", LogFile);
            try
            {
                using var response = await client.GetAsync("/health/ready", token);
                answer = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(token)}";
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false; // not listening yet
            }
            catch (TaskCanceledException) when (!token.IsCancellationRequested)
            {
                return false;
            }
        }, Patience, ct, TimeSpan.FromMilliseconds(100));
        if (!ready)
        {
            throw new LaunchException(
                $"{name} was not ready within {Patience.TotalSeconds} s; its last answer: {answer ?? "none"}", LogFile);
        }
    }
}
