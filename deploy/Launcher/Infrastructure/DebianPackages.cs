using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>Installs packages without starting the machine-wide servers in them: ours are private.</summary>
internal static class DebianPackages
{
    private const string Policy = "/usr/sbin/policy-rc.d";

    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static async Task InstallAsync(IReadOnlyList<string> packages, CancellationToken ct)
    {
        var ours = !File.Exists(Policy);
        if (ours)
        {
            await File.WriteAllTextAsync(Policy, "#!/bin/sh\nexit 101\n", ct);
            File.SetUnixFileMode(Policy, Executable);
        }

        try
        {
            await AptAsync(ct, "update", "-q");
            await AptAsync(ct, ["install", "-q", "-y", "--no-install-recommends", .. packages]);
        }
        finally
        {
            if (ours)
                File.Delete(Policy);
        }
    }

    private static async Task AptAsync(CancellationToken ct, params IReadOnlyList<string> arguments)
    {
        var result = await Tool.RunAsync(
            null, null, new Variables { ["DEBIAN_FRONTEND"] = "noninteractive" },
            ["apt-get", "-o", "DPkg::Lock::Timeout=300", .. arguments], ct);
        if (result.ExitCode != 0)
            throw new LaunchException($"apt-get {arguments[0]} failed:\n{result.Output.Trim()}");
    }
}
