using System.Globalization;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>A home among the temporary files, for the length of a test run. Tidies up after killed runs.</summary>
internal static class Sandbox
{
    private const string Prefix = "eperfect-test-";

    public static Home Create(string purpose)
    {
        RemoveOrphans();
        var us = ProcessIdentity.Of(Environment.ProcessId)!;
        var folder = Path.Combine(
            Path.GetTempPath(), $"{Prefix}{us.Pid}-{us.StartTicks}-{purpose}-{Path.GetRandomFileName()[..6]}");
        return new Home(folder) { ChildrenDieWithUs = true };
    }

    // The names tell whose they are; the owners of these are gone, and their servers with them.
    private static void RemoveOrphans()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var parts = Path.GetFileName(folder)[Prefix.Length..].Split('-');
            if (parts.Length < 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var pid) ||
                !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var startTicks) ||
                ProcessIdentity.Of(pid)?.StartTicks == startTicks)
                continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another run tidies at the same time, or it is not ours to delete.
            }
        }
    }
}
