using System.Diagnostics;
using EPerfect.Launcher.Building;
using EPerfect.Launcher.Demo;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Output;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/up: builds what is stale, starts what does not run, and waits until each part is healthy.</summary>
internal static class Up
{
    public const string Usage =
        """
        deploy/up                   builds and starts the platform on this machine, stays until Ctrl-C, then stops it
        deploy/up --detach          returns as soon as everything is healthy; deploy/down stops it
        deploy/up --demo            the same, and carries one order through the gateway, step by step
          --instances orders=2      more than one process of a service or of the gateway
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(words, "--detach", "--demo", "--instances");
        if (arguments.Help)
        {
            Console.WriteLine(Usage);
            return 0;
        }

        var checkout = Checkout.Find();
        var platform = new Platform(checkout, new Home(checkout.LocalFolder), arguments.Instances);
        using var interrupt = new Interrupt();
        var newOperator = await StartAsync(platform, interrupt.Token);
        MetricsTargets.Write(platform);
        Summary.Write(platform, newOperator);
        FirstOperator.Shown(platform);
        if (arguments.Demo)
            await MainJob.RunAsync(platform, Console.Out, interrupt.Token);
        if (arguments.Demo || arguments.Detach)
            return 0;
        await StayAsync(platform, interrupt.Token);
        return 0;
    }

    private static async Task<string?> StartAsync(Platform platform, CancellationToken ct)
    {
        using var alone = FileLock.TryTake(Path.Combine(platform.Home.Folder, "run", "up.lock"))
            ?? throw new LaunchException("Another deploy/up is starting this platform right now");
        var already = platform.Parts.Where(part => part.Running is not null).ToHashSet();
        try
        {
            string? newOperator = null;
            await Screen.ShowAsync(async steps => newOperator = await StepsAsync(platform, steps, ct));
            return newOperator;
        }
        catch
        {
            // What ran before us keeps running.
            await platform.StopAsync(except: already);
            throw;
        }
    }

    private static async Task<string?> StepsAsync(Platform platform, ISteps steps, CancellationToken ct)
    {
        await steps.RunAsync("Find servers", () => Requirements.EnsureAsync(ct));
        await steps.AllAsync(ct, Build(platform), Start(platform.Postgres), Start(platform.Broker), Start(platform.Mail));
        // Not at the same time as the broker: it lets clients in before it knows the queues, and an exchange that lacks
        // one of its queues throws away what that one should have had.
        await steps.AllAsync(ct, platform.Processes.Select(Start));
        string? newOperator = null;
        await steps.RunAsync("Appoint an operator", async () =>
        {
            newOperator = await FirstOperator.AppointAsync(platform, ct);
            return newOperator is null ? "there is one" : "";
        });
        return newOperator;
    }

    private static (string, Func<CancellationToken, Task<string>>) Build(Platform platform)
    {
        return ("Build", BuildAsync);

        async Task<string> BuildAsync(CancellationToken ct)
        {
            var fresh = Publication.IsUpToDate(platform.Checkout);
            await platform.BuildAsync(ct);
            return fresh ? "up to date" : "";
        }
    }

    private static (string, Func<CancellationToken, Task<string>>) Start(IPart part)
    {
        return ($"Start {part.Name}", StartAsync);

        async Task<string> StartAsync(CancellationToken ct)
        {
            var before = part.Running;
            await part.StartAsync(ct);
            return before is not null && before == part.Running ? "was running" : "";
        }
    }

    private static async Task StayAsync(Platform platform, CancellationToken ct)
    {
        Console.WriteLine("Ctrl-C stops everything.");
        var watched = platform.Parts.ToList();
        while (!ct.IsCancellationRequested && watched.Count > 0)
        {
            foreach (var gone in watched.Where(part => part.Running is null).ToList())
            {
                watched.Remove(gone);
                Console.WriteLine($"{gone.Name} has ended; its log: {gone.LogFile}");
            }

            await Task.Delay(TimeSpan.FromSeconds(1), ct).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        var watch = Stopwatch.StartNew();
        await platform.StopAsync();
        Console.WriteLine($"Stopped in {Duration.Text(watch.Elapsed)}.");
    }
}
