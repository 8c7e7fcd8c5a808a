using System.Globalization;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>
/// What a killed server or machine leaves behind. The server itself refuses to start when the number in its old
/// postmaster.pid belongs to any process now; we look whether that process serves this data at all.
/// </summary>
internal static class PostgresOrphans
{
    public static async Task ClearAsync(string dataFolder)
    {
        var lockFile = Path.Combine(dataFolder, "postmaster.pid");
        if (!File.Exists(lockFile))
            return;
        var first = (await File.ReadAllLinesAsync(lockFile)).FirstOrDefault();
        if (int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) &&
            ProcessIdentity.Of(pid) is { } process &&
            process.CommandLine().Contains(dataFolder, StringComparison.Ordinal))
        {
            process.Send(Signal.Interrupt);
            if (!await process.WaitForExitAsync(TimeSpan.FromSeconds(20)))
                process.Send(Signal.Kill);
        }

        await ChildrenGoneAsync(dataFolder);
        File.Delete(lockFile);
    }

    // Sessions of a killed postmaster notice its death within moments; the data is theirs until then.
    private static async Task ChildrenGoneAsync(string dataFolder)
    {
        var serving = Directory.GetDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => name!.All(char.IsAsciiDigit))
            .Where(name => string.Equals(WorkingFolder(name!), dataFolder, StringComparison.Ordinal))
            .Select(name => ProcessIdentity.Of(int.Parse(name!, CultureInfo.InvariantCulture)))
            .OfType<ProcessIdentity>();
        foreach (var process in serving.ToList())
        {
            if (!await process.WaitForExitAsync(TimeSpan.FromSeconds(5)))
                process.Send(Signal.Kill);
        }
    }

    private static string? WorkingFolder(string pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/cwd").ResolveLinkTarget(returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
