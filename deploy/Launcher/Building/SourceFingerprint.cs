using System.Security.Cryptography;
using System.Text;

namespace EPerfect.Launcher.Building;

/// <summary>Changes when any source of the six processes changes, appears or goes.</summary>
internal static class SourceFingerprint
{
    private static readonly string[] Folders = ["contracts", "services", "gateway"];

    /// <summary>What nothing is compiled from. Partners' programs install their libraries and keep their place there: were that
    /// a new state of the sources, the programs that run would be deleted under their feet.</summary>
    private static readonly string[] NoSources = ["/obj/", "/partners/samples/", "/node_modules/"];

    private static readonly string[] RootFiles = ["Directory.*", "global.json", ".editorconfig", "deploy/publish.proj"];

    public static string Of(Checkout checkout)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files(checkout.Folder).OrderBy(file => file.FullName, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static IEnumerable<FileInfo> Files(string root) =>
        Folders.Select(folder => new DirectoryInfo(Path.Combine(root, folder)))
            .Where(folder => folder.Exists)
            .SelectMany(folder => folder.EnumerateFiles("*", SearchOption.AllDirectories))
            .Where(file => !NoSources.Any(part => file.FullName.Contains(part, StringComparison.Ordinal)))
            .Concat(RootFiles.SelectMany(pattern => new DirectoryInfo(root).EnumerateFiles(pattern)));
}
