using EPerfect.Launcher.Building;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/register: the register of openings as a file, and its verifier.</summary>
internal static class Register
{
    public const string Usage =
        """
        deploy/register export FILE                    writes the register of who saw whose data, as ciphertext
        deploy/register verify FILE --keys KEYS        checks it without us; deploy/register verify-proof likewise
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        if (words is [] or ["--help" or "-h", ..])
        {
            Console.WriteLine(Usage);
            return words is [] ? 1 : 0;
        }

        var checkout = Checkout.Find();
        var platform = new Platform(checkout, new Home(checkout.LocalFolder));
        await platform.BuildAsync(CancellationToken.None);
        var privacy = platform.FirstInstanceOf("privacy");
        var result = await Tool.RunAsync(
            null, null, privacy.Surroundings(),
            [DotNet.Path, "exec", privacy.Assembly, "register", .. words.Select(Absolute)], CancellationToken.None);
        Console.Write(result.Output);
        return result.ExitCode;
    }

    /// <summary>The service runs elsewhere; what names a file is meant from here.</summary>
    private static string Absolute(string word) =>
        word.StartsWith('-') || word is "export" or "verify" or "verify-proof" ? word : Path.GetFullPath(word);
}
