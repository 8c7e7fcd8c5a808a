using System.Globalization;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>A home among the temporary files, for the length of a test run. Tidies up after killed runs.</summary>
internal static class Sandbox
{
    private const string Prefix = "eperfect-test-";
    private const string Memory = "/dev/shm";
    private const long EnoughMemory = 8L << 30;

    /// <param name="purpose">Part of its name.</param>
    /// <param name="passing">Whether nothing of it has to survive the machine: then in memory, where there is enough. A fifth of
    /// the processor time of tests was the disk's file system, for databases that live for seconds.</param>
    public static Home Create(string purpose, bool passing = false)
    {
        RemoveOrphans();
        var root = passing && HasMemory() ? Memory : Path.GetTempPath();
        var us = ProcessIdentity.Of(Environment.ProcessId)!;
        var folder = Path.Combine(
            root, $"{Prefix}{us.Pid}-{us.StartTicks}-{purpose}-{Path.GetRandomFileName()[..6]}");
        return new Home(folder) { ChildrenDieWithUs = true };
    }

    private static bool HasMemory() =>
        Directory.Exists(Memory)
        && new DriveInfo(Memory).AvailableFreeSpace > EnoughMemory
        && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 2 * EnoughMemory;

    // The names tell whose they are; the owners of these are gone, and their servers with them.
    private static void RemoveOrphans()
    {
        string[] roots = [Path.GetTempPath(), Memory];
        foreach (var folder in roots.Where(Directory.Exists).SelectMany(root => Directory.GetDirectories(root, Prefix + "*")))
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
