using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/keys: shows and rotates what wraps the keys of personal data; keeps the list of erasures.</summary>
internal static class Keys
{
    public const string Usage =
        """
        deploy/keys                               each service's epochs of key-encryption keys, holds, erasures that wait
        deploy/keys SERVICE rotate                begins an epoch now, wraps all keys anew, destroys the epochs before the last
        deploy/keys SERVICE ledger export FILE    writes which erasures were done
        deploy/keys SERVICE ledger replay FILE    after a restore of the keys: destroys again what had been destroyed
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(words);
        var (services, rest) = arguments.Rest switch
        {
            [] => (Databases.Roles, []),
            [var service, .. var more] when Databases.Roles.Contains(service) => ([service], more),
            _ => ((IReadOnlyList<string>)[], (List<string>)[]),
        };
        if (arguments.Help || services.Count == 0)
        {
            Console.WriteLine(Usage);
            return arguments.Help ? 0 : 1;
        }

        var checkout = Checkout.Find();
        var platform = new Platform(checkout, new Home(checkout.LocalFolder));
        if (platform.Postgres.Running is null)
            throw new LaunchException("PostgreSQL does not run here; deploy/up starts it");
        await platform.BuildAsync(CancellationToken.None);
        var worst = 0;
        foreach (var service in services)
        {
            Console.WriteLine(service);
            worst = Math.Max(worst, await platform.FirstInstanceOf(service).AskAsync(["keys", .. rest]));
        }

        return worst;
    }
}
