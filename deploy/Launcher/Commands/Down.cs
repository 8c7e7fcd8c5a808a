using System.Diagnostics;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Output;
using EPerfect.Launcher.Processes;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/down: stops everything that an earlier deploy/up left running.</summary>
internal static class Down
{
    public const string Usage =
        """
        deploy/down                 stops everything; data, passwords and ports stay
        deploy/down --services      the services and the gateway only: to restore databases while nobody writes
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(words, "--services");
        if (arguments.Help)
        {
            Console.WriteLine(Usage);
            return 0;
        }

        var checkout = Checkout.Find();
        if (!Directory.Exists(checkout.LocalFolder))
        {
            Console.WriteLine("Nothing was ever started here.");
            return 0;
        }

        await StopAsync(new Home(checkout.LocalFolder), arguments.Services);
        return 0;
    }

    public static async Task StopAsync(Home home, bool servicesOnly = false)
    {
        var watch = Stopwatch.StartNew();
        // By what is remembered, not by what would be started now: more instances may have been asked for.
        var known = home.Remembered().Where(name => !servicesOnly || !IsServer(name)).ToList();
        var running = known.FindAll(name => home.Daemon(name).Running is not null);
        // What had died is forgotten with the rest, or it would be started the next time.
        await Task.WhenAll(known.Where(name => !IsServer(name)).Select(name =>
            home.Daemon(name).StopAsync(Signal.Terminate, ServiceProcess.TimeToDrain)));
        if (!servicesOnly)
        {
            await Task.WhenAll(
                new Postgres(home).StopAsync(), new Broker(home).StopAsync(), new MailCatcher(home).StopAsync());
        }

        Console.WriteLine(running.Count == 0
            ? "Nothing was running."
            : $"Stopped {string.Join(", ", running)} in {Duration.Text(watch.Elapsed)}.");
    }

    private static bool IsServer(string name) =>
        name is "postgres" or "mail" || name.StartsWith("rabbitmq", StringComparison.Ordinal);
}
