using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/errors: looks after messages that kept failing, through the owners of their queues.</summary>
internal static class Errors
{
    public const string Usage =
        """
        deploy/errors               how many messages lie in each error queue
        deploy/errors replay QUEUE  gives them to their queue again; those that had their effect do not have it twice
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(words);
        var services = arguments.Rest switch
        {
            [] => Databases.Roles,
            ["replay", var queue] when OwnerOf(queue) is { } owner => [owner],
            _ => null,
        };
        if (arguments.Help || services is null)
        {
            Console.WriteLine(Usage);
            return arguments.Help ? 0 : 1;
        }

        var checkout = Checkout.Find();
        var platform = new Platform(checkout, new Home(checkout.LocalFolder));
        if (platform.Broker.Running is null)
            throw new LaunchException("RabbitMQ does not run here; deploy/up starts it");
        await platform.BuildAsync(CancellationToken.None);
        var worst = 0;
        foreach (var service in services)
            worst = Math.Max(worst, await platform.FirstInstanceOf(service).AskAsync(["errors", .. arguments.Rest]));
        return worst;
    }

    // A queue is named after its owner: orders.domain-registered.
    private static string? OwnerOf(string queue) =>
        Databases.Roles.FirstOrDefault(role => queue.StartsWith(role + ".", StringComparison.Ordinal));
}
