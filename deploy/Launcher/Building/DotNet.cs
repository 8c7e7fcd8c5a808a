namespace EPerfect.Launcher.Building;

/// <summary>The dotnet command that runs us.</summary>
internal static class DotNet
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        // Set by the SDK for what it starts; else we are that command, or were started by an apphost.
        var path = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath!;
        return string.Equals(System.IO.Path.GetFileName(path), "dotnet", StringComparison.Ordinal)
            ? path
            : Processes.Machine.FindOnPath("dotnet") ?? throw new LaunchException("dotnet is not on the search path");
    }
}
