using System.Reflection;
using System.Security.Cryptography;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Building;

/// <summary>
/// Adds machine code to the published assemblies (ReadyToRun), so that five processes that start at once on a small
/// machine do not all compile the same libraries. Each assembly is compiled once, however many processes use it.
/// Where the compiler does not exist for this machine, the assemblies stay as they are: slower to start, no different.
/// </summary>
internal static class AheadOfTime
{
    private const string Compiled = ".ni.dll";

    public static async Task CompileAsync(string published, CancellationToken ct)
    {
        if (Compiler() is not { } compiler)
            return;
        var work = Path.Combine(published, "ahead");
        Directory.CreateDirectory(work);
        var users = await CollectAsync(published, work, ct);
        var result = await Tool.RunAsync(
            null, work, null,
            [compiler, Path.Combine(work, "*.dll"), "--single-file-compilation", "--out-near-input",
                .. Frameworks().SelectMany(folder => (string[])["-r", Path.Combine(folder, "*.dll")]),
                "-r", Path.Combine(work, "*.dll"), "--targetos", "linux", "--targetarch", "x64", "-O"],
            ct);
        if (result.ExitCode != 0)
            throw new LaunchException($"Compiling ahead of time failed: {result.Output.Trim()}");
        foreach (var (assembly, target) in users)
        {
            var image = Path.ChangeExtension(assembly, Compiled);
            if (File.Exists(image)) // native libraries and reference assemblies have none
                File.Copy(image, target, overwrite: true);
        }

        Directory.Delete(work, recursive: true);
    }

    // One copy of each assembly for the compiler, and which published files are equal to it.
    private static async Task<List<(string Assembly, string Target)>> CollectAsync(
        string published, string work, CancellationToken ct)
    {
        var hashes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var users = new List<(string, string)>();
        foreach (var target in Directory.GetDirectories(published).Where(folder => folder != work)
            .SelectMany(folder => Directory.GetFiles(folder, "*.dll")))
        {
            var copy = Path.Combine(work, Path.GetFileName(target));
            var hash = SHA256.HashData(await File.ReadAllBytesAsync(target, ct));
            if (hashes.TryAdd(copy, hash))
                File.Copy(target, copy);
            if (hashes[copy].AsSpan().SequenceEqual(hash))
                users.Add((copy, target));
        }

        return users;
    }

    private static string? Compiler() =>
        typeof(AheadOfTime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(entry => string.Equals(entry.Key, "Crossgen", StringComparison.Ordinal) && File.Exists(entry.Value))
            .Select(entry => entry.Value)
            .FirstOrDefault();

    // Of the runtime that runs us; the code stays valid for later patches of it.
    private static IEnumerable<string> Frameworks()
    {
        var core = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var web = Path.Combine(core, "..", "..", "Microsoft.AspNetCore.App", Path.GetFileName(core));
        return new[] { core, web }.Where(Directory.Exists);
    }
}
