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
        deploy/register verify FILE --keys KEYS        checks such a file without us, and names the first bad entry
            [--checkpoints FILE]                       and against checkpoints that were kept, one a line
        deploy/register verify-proof FILE --keys KEYS  checks one proof that a person kept

        KEYS is a file with what GET /api/privacy/keys answers. Nothing needs to run for checking.
        Exits with 0 if it is good, with 1 if it is bad, with 2 if it could not be done.
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        if (words is [] or ["--help" or "-h", ..])
        {
            Console.WriteLine(Usage);
            return words is [] ? 2 : 0;
        }

        var checkout = Checkout.Find();
        var platform = new Platform(checkout, new Home(checkout.LocalFolder));
        if (words is ["export", ..] && platform.Postgres.Running is null)
            throw new LaunchException("PostgreSQL does not run here; deploy/up starts it");
        await platform.BuildAsync(CancellationToken.None);
        var privacy = platform.FirstInstanceOf("privacy");
        var result = await Tool.RunAsync(
            null, Environment.CurrentDirectory, privacy.Surroundings(),
            [DotNet.Path, "exec", privacy.Assembly, "register", .. words], CancellationToken.None);
        Console.Write(result.Output);
        return result.ExitCode;
    }
}
