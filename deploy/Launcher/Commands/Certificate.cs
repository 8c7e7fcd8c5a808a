using EPerfect.Launcher.Building;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/certificate: checks the certificate of an erasure. Nothing needs to run for it.</summary>
internal static class Certificate
{
    public const string Usage =
        """
        deploy/certificate verify FILE --keys KEYS     checks the certificate of an erasure; nothing needs to run for it
            [--account ID]                             and that it is this account's; --help tells more
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        string[]? asked = words switch
        {
            ["verify", ..] => [.. words.Skip(1)],
            ["--help" or "-h"] => ["--help"],
            _ => null,
        };
        if (asked is null)
        {
            Console.WriteLine(Usage);
            return 2;
        }

        var checkout = Checkout.Find();
        var platform = new Platform(checkout, new Home(checkout.LocalFolder));
        await platform.BuildAsync(CancellationToken.None);
        var privacy = platform.FirstInstanceOf("privacy");
        var result = await Tool.RunAsync(
            null, Environment.CurrentDirectory, null,
            [DotNet.Path, "exec", privacy.Assembly, "verify-certificate", .. asked],
            CancellationToken.None);
        Console.Write(result.Output);
        return result.ExitCode;
    }
}
