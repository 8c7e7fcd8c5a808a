using EPerfect.Launcher.Building;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>What must be on the machine. On Debian as root what misses is installed, elsewhere it is named.</summary>
internal static class Requirements
{
    private static readonly string InstallLock = Path.Combine(Path.GetTempPath(), "eperfect-install.lock");

    public static async Task<string> EnsureAsync(CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            throw new LaunchException("The launcher runs on Linux only; elsewhere use a container: deploy/README.md");
        await InstallAsync(MissingServers, ct);
        NeedAccounts();
        return $"PostgreSQL {PostgresBinaries.Find()!.Major}, RabbitMQ {RabbitMqBinaries.Find()!.Version}";
    }

    /// <summary>What a test needs beside the servers.</summary>
    public static Task EnsureAsync(IEnumerable<(string Program, string Package)> needed, CancellationToken ct) => InstallAsync(
        () => [.. needed.Where(one => Machine.FindOnPath(one.Program) is null).Select(one => one.Package)], ct);

    private static async Task InstallAsync(Func<List<string>> find, CancellationToken ct)
    {
        var missing = find();
        if (missing.Count > 0 && Machine.IsRoot && Machine.IsDebian)
        {
            // Several test processes begin at once: one installs, the others find it done.
            using var one = await FileLock.TakeAsync(InstallLock, ct);
            missing = find();
            if (missing.Count > 0)
                await DebianPackages.InstallAsync(missing, ct);
            missing = find();
        }

        if (missing.Count > 0)
            throw new LaunchException(Advice(missing));
    }

    private static List<string> MissingServers()
    {
        var missing = new List<string>();
        if (PostgresBinaries.Find() is null)
            missing.Add("postgresql");
        if (RabbitMqBinaries.Find() is null)
            missing.Add("rabbitmq-server");
        if (Machine.FindOnPath(MailCatcher.Program) is null)
            missing.Add("python3-aiosmtpd");
        if (Machine.FindOnPath("setpriv") is null || Machine.FindOnPath("setsid") is null)
            missing.Add("util-linux");
        return missing;
    }

    private static string Advice(List<string> missing)
    {
        var needs = string.Join(", ", missing.Select(package => package switch
        {
            "postgresql" => $"PostgreSQL {PostgresBinaries.Oldest} or later (postgres, initdb)",
            "rabbitmq-server" => $"RabbitMQ {RabbitMqBinaries.Oldest} or later (rabbitmq-server, epmd)",
            "python3-aiosmtpd" => $"an SMTP server to catch mails ({MailCatcher.Program})",
            "util-linux" => "util-linux (setsid, setpriv)",
            _ => package,
        }));
        var command = Machine.PackageManager switch
        {
            "apt-get" => $"apt-get install {string.Join(' ', missing)}",
            "dnf" or "zypper" => $"{Machine.PackageManager} install {Packages("postgresql", "postgresql-server")}",
            "pacman" => $"pacman -S {Packages("rabbitmq-server", "rabbitmq").Replace(
                "python3-", "python-", StringComparison.Ordinal)}",
            _ => null,
        };
        return $"Not on this machine: {needs}." + (command is null ? "" : $"\nAs root: {command}");

        string Packages(string debian, string here) =>
            string.Join(' ', missing).Replace(debian, here, StringComparison.Ordinal);
    }

    // Neither server should have root's rights, and PostgreSQL refuses them.
    private static void NeedAccounts()
    {
        if (!Machine.IsRoot)
            return;
        foreach (var user in (SystemUser[])[SystemUser.Postgres, SystemUser.RabbitMq])
        {
            if (!user.Exists)
                throw new LaunchException($"We are root, and there is no account {user.Name} to run its server.\n" +
                    $"Make one: useradd --system --user-group {user.Name}");
        }
    }
}
