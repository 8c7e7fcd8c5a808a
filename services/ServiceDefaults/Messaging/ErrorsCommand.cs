using Microsoft.Extensions.Configuration;

namespace EPerfect.ServiceDefaults;

/// <summary>The operator's command for messages that kept failing: <c>errors</c> counts them, <c>errors replay
/// QUEUE</c> gives them back.</summary>
internal static class ErrorsCommand
{
    private const string Usage = """
        errors                 how many messages lie in each error queue of this service
        errors replay QUEUE    gives them to their queue again; those that had their effect do not have it twice
        """;

    public static async Task<int> RunAsync(ServiceDefinition definition, string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        if (BrokerUri.From(configuration) is not { } broker) return Fail("There is no broker.");
        var errors = new ErrorQueues(broker, definition);
        switch (args)
        {
            case []:
                var depths = await errors.CountAsync(CancellationToken.None);
                foreach (var queue in errors.Queues) Console.WriteLine($"{depths.GetValueOrDefault(queue),6}  {queue}");
                return 0;
            case ["replay", var queue] when errors.Queues.Contains(queue, StringComparer.Ordinal):
                Console.WriteLine($"{await errors.ReplayAsync(queue, CancellationToken.None)} given back to {queue}");
                return 0;
            case ["replay", var unknown]:
                return Fail($"{definition.Name} has no queue {unknown}.");
            default:
                return Fail(Usage);
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
