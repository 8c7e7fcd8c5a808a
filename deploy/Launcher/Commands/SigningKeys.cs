using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/signing-keys: the keys that sign receipts, certificates, manifests and checkpoints.</summary>
internal static class SigningKeys
{
    public const string Usage =
        """
        deploy/signing-keys                       which keys have signed what leaves the house, and since when
        deploy/signing-keys rotate                makes a new one now; what the old ones signed stays verifiable
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(words);
        if (arguments.Help || arguments.Rest is not ([] or ["rotate"]))
        {
            Console.WriteLine(Usage);
            return arguments.Help ? 0 : 1;
        }

        var checkout = Checkout.Find();
        var platform = new Platform(checkout, new Home(checkout.LocalFolder));
        if (platform.Postgres.Running is null)
            throw new LaunchException("PostgreSQL does not run here; deploy/up starts it");
        await platform.BuildAsync(CancellationToken.None);
        return await platform.FirstInstanceOf("privacy").AskAsync(["signing-keys", .. arguments.Rest]);
    }
}
