using System.Diagnostics;
using System.Globalization;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>An installed PostgreSQL, 15 or later: earlier ones let every role create in schema public.</summary>
internal sealed record PostgresBinaries(string Folder, int Major)
{
    public const int Oldest = 15;

    public string Server => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>The newest one found, or null.</summary>
    public static PostgresBinaries? Find() =>
        Candidates()
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
            .Select(folder => new PostgresBinaries(folder, MajorOf(folder)))
            .Where(found => found.Major >= Oldest)
            .MaxBy(found => found.Major);

    private static IEnumerable<string> Candidates()
    {
        string[] parents = ["/usr/lib/postgresql", "/usr/lib64/postgresql", "/opt/postgresql"];
        var versioned = parents.Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories).Select(version => Path.Combine(version, "bin"));
        var redHat = Directory.GetDirectories("/usr", "pgsql-*").Select(version => Path.Combine(version, "bin"));
        var onPath = Machine.FindOnPath("postgres") is { } server
            ? [Path.GetDirectoryName(new FileInfo(server).ResolveLinkTarget(true)?.FullName ?? server)!]
            : Array.Empty<string>();
        return versioned.Concat(redHat).Concat(onPath).Append("/usr/local/pgsql/bin");
    }

    private static int MajorOf(string folder)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(folder, "postgres"), "--version")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
        var text = process.StandardOutput.ReadToEnd(); // "postgres (PostgreSQL) 15.12 (Debian 15.12-0+deb12u2)"
        process.WaitForExit();
        var version = text.Split(' ').FirstOrDefault(word => word.Length > 0 && char.IsAsciiDigit(word[0])) ?? "0";
        return int.Parse([.. version.TakeWhile(char.IsAsciiDigit)], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
