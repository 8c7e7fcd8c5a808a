using System.Runtime.CompilerServices;

namespace EPerfect.Architecture.Tests;

/// <summary>The source as it lies in the repository.</summary>
internal static class Source
{
    public static string Root { get; } = Find();

    /// <summary>All source files below a folder of the repository.</summary>
    public static IEnumerable<string> Files(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/artifacts/", StringComparison.Ordinal))
        // Programs of partners: they stand alone.
        .Where(file => !file.Contains("/samples/", StringComparison.Ordinal))
        // Written by a command, not by hand.
        .Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal));

    /// <summary>Files and lines that hold something they should not.</summary>
    public static IEnumerable<string> Lines(IEnumerable<string> files, Func<string, bool> wrong) => files.SelectMany(file =>
        File.ReadLines(file)
            .Select((line, i) => (line, Place: $"{Path.GetRelativePath(Root, file)}:{i + 1}: {line.Trim()}"))
            .Where(found => wrong(found.line))
            .Select(found => found.Place));

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(folder.FullName, "platform.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
