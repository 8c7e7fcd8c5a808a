using EPerfect.Launcher.Building;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Running;

/// <summary>Somebody has to be the first operator of a new platform. Accounts appoints, we ask it to, once.</summary>
internal static class FirstOperator
{
    public const string Name = "operator";
    private const string Address = $"{Name}@eperfect.example";

    /// <summary>Somebody has seen it, or there was one already: nobody is asked again.</summary>
    public static void Shown(Platform platform) => File.WriteAllText(Mark(platform), "");

    /// <returns>The address and its one-time password; null if there was an operator already.</returns>
    public static async Task<string?> AppointAsync(Platform platform, CancellationToken ct) =>
        File.Exists(Mark(platform)) ? null : await AskAsync(platform, ct);

    /// <summary>Also after it was seen: as long as nobody has come in with it, another password takes its place.</summary>
    /// <returns>The address and its one-time password; null if there is an operator who has come in.</returns>
    public static async Task<string?> AskAsync(Platform platform, CancellationToken ct)
    {
        var accounts = platform.FirstInstanceOf("accounts");
        var surroundings = accounts.Surroundings();
        surroundings.Remove("Telemetry__TraceFile"); // it is the running process's
        var result = await Tool.RunAsync(
            null, null, surroundings, [DotNet.Path, "exec", accounts.Assembly, "operator", Address], ct);
        if (result.ExitCode != 0)
            throw new LaunchException($"No operator could be appointed: {result.Output.Trim()}");
        return result.Output.Split('\n').FirstOrDefault(line => line.StartsWith(Address, StringComparison.Ordinal));
    }

    private static string Mark(Platform platform) => Path.Combine(platform.Home.Folder, "operator");
}
