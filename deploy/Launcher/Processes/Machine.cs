using System.Diagnostics;

namespace EPerfect.Launcher.Processes;

/// <summary>What we are on this machine, and what is on it.</summary>
internal static class Machine
{
    public static bool IsRoot { get; } = Environment.IsPrivilegedProcess;

    public static bool IsDebian { get; } =
        File.Exists("/usr/bin/apt-get") && File.Exists("/etc/debian_version");

    public static string? PackageManager { get; } =
        ((string[])["apt-get", "dnf", "zypper", "pacman"]).FirstOrDefault(name => FindOnPath(name) is not null);

    /// <summary>The first of these names that is on the search path.</summary>
    public static string? FindOnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(["/usr/sbin", "/usr/local/sbin", "/sbin"])
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Whether another account may walk to this folder: every folder on the way lets others pass.</summary>
    public static bool OthersMayReach(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (at.Exists && !at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }

    public static void GiveTo(SystemUser user, string path)
    {
        if (!IsRoot)
            return;
        using var chown = Process.Start("chown", ["-R", $"{user.Name}:{user.Group}", path]);
        chown.WaitForExit();
        if (chown.ExitCode != 0)
            throw new LaunchException($"Cannot give {path} to the account {user.Name}");
    }
}
