using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/projections: what the services derive from their events, made anew; what they published, again.</summary>
internal static class Projections
{
    public const string Usage =
        """
        deploy/projections                         what each service derives from its events
        deploy/projections SERVICE rebuild [NAME]  stops the service, drops all that, or one; makes it anew; starts the service
        deploy/projections SERVICE publisher --from SEQUENCE
                                                   stops the service; starts it, and it publishes again from that event on
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(words, "--from");
        var (service, rest) = arguments.Rest switch
        {
            [var known, "rebuild", .. var name] when Databases.Roles.Contains(known) && name.Count < 2 =>
                (known, arguments.Rest[1..]),
            [var known, "publisher", "--from", var from] when Databases.Roles.Contains(known) && long.TryParse(from, out _) =>
                (known, arguments.Rest[1..]),
            _ => (null, arguments.Rest),
        };
        if (arguments.Help || (service is null && rest.Count > 0))
        {
            Console.WriteLine(Usage);
            return arguments.Help ? 0 : 1;
        }

        var checkout = Checkout.Find();
        var platform = new Platform(checkout, new Home(checkout.LocalFolder));
        if (platform.Postgres.Running is null)
            throw new LaunchException("PostgreSQL does not run here; deploy/up starts it");
        await platform.BuildAsync(CancellationToken.None);
        return service is null ? await ListAsync(platform) : await WhileStoppedAsync(platform, service, rest);
    }

    private static async Task<int> ListAsync(Platform platform)
    {
        var worst = 0;
        foreach (var service in Databases.Roles)
        {
            Console.WriteLine(service);
            worst = Math.Max(worst, await platform.FirstInstanceOf(service).AskAsync("projections"));
        }

        return worst;
    }

    private static async Task<int> WhileStoppedAsync(Platform platform, string service, List<string> words)
    {
        var stopped = platform.InstancesOf(service).Where(process => process.Running is not null).ToArray();
        await Task.WhenAll(stopped.Select(process => process.StopAsync()));
        try
        {
            return await platform.FirstInstanceOf(service).AskAsync(["projections", .. words]);
        }
        finally
        {
            await Task.WhenAll(stopped.Select(process => process.StartAsync(CancellationToken.None)));
        }
    }
}
