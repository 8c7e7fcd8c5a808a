using System.Reflection;
using System.Security.Cryptography;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Building;

/// <summary>
/// Adds machine code to the published assemblies (ReadyToRun), so that six processes that start at once on a small
/// machine do not all compile the same libraries. Each assembly is compiled once, however many processes use it, and
/// kept by its content for the next build.
/// Where the compiler does not exist for this machine, the assemblies stay as they are: slower to start, no different.
/// </summary>
internal static class AheadOfTime
{
    public static async Task CompileAsync(string published, string kept, CancellationToken ct)
    {
        if (Compiler() is not { } compiler)
            return;
        var assemblies = await CollectAsync(published, kept, ct);
        var missing = assemblies.Select(assembly => assembly.Copy)
            .Distinct(StringComparer.Ordinal).Where(copy => !File.Exists(ImageOf(copy))).ToList();
        // The compiler takes one assembly of a name; two processes may use two versions of a library.
        foreach (var round in missing.GroupBy(copy => Path.GetFileName(copy), StringComparer.Ordinal)
            .SelectMany(versions => versions.Index()).GroupBy(version => version.Index, version => version.Item))
        {
            await CompileAsync(compiler, [.. round], published, ct);
            foreach (var copy in round.Where(copy => File.Exists(DraftOf(copy))))
                File.Move(DraftOf(copy), ImageOf(copy));
        }

        foreach (var (copy, target) in assemblies.Where(assembly => File.Exists(ImageOf(assembly.Copy))))
            File.Copy(ImageOf(copy), target, overwrite: true);
        Forget(kept, assemblies.Select(assembly => Path.GetDirectoryName(assembly.Copy)!));
    }

    private static async Task CompileAsync(
        string compiler, IReadOnlyList<string> assemblies, string published, CancellationToken ct)
    {
        var references = Frameworks().Concat(Directory.GetDirectories(published))
            .SelectMany(folder => (string[])["-r", Path.Combine(folder, "*.dll")]);
        var result = await Tool.RunAsync(
            null, published, null,
            [compiler, .. assemblies, "--single-file-compilation", "--out-near-input", .. references,
                "--targetos", "linux", "--targetarch", "x64", "-O"],
            ct);
        if (result.ExitCode != 0)
            throw new LaunchException($"Compiling ahead of time failed: {result.Output.Trim()}");
    }

    // <kept>/<hash>/Name.dll, and beside it Name.ni.dll, which the compiler writes, and which is Name.image when it is whole:
    // an interrupted build leaves halves.
    private static async Task<List<(string Copy, string Target)>> CollectAsync(
        string published, string kept, CancellationToken ct)
    {
        var assemblies = new List<(string, string)>();
        foreach (var target in Directory.GetDirectories(published)
            .SelectMany(folder => Directory.GetFiles(folder, "*.dll")))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(target, ct)));
            var copy = Path.Combine(kept, hash[..16], Path.GetFileName(target));
            if (!File.Exists(copy))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(target, copy + ".part", overwrite: true);
                File.Move(copy + ".part", copy);
            }

            assemblies.Add((copy, target));
        }

        return assemblies;
    }

    private static string DraftOf(string copy) => Path.ChangeExtension(copy, ".ni.dll");

    private static string ImageOf(string copy) => Path.ChangeExtension(copy, ".image");

    private static void Forget(string kept, IEnumerable<string> used)
    {
        foreach (var folder in Directory.GetDirectories(kept).Except(used, StringComparer.Ordinal))
            Directory.Delete(folder, recursive: true);
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
