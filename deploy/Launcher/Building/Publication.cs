using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Building;

/// <summary>
/// The published services and gateway. Every state of the sources has a folder of its own, because overwriting the
/// files of a running process kills it.
/// </summary>
internal sealed record Publication(string Folder)
{
    private const int LinesOfCompiler = 15;
    private const string Kept = "ahead-of-time";

    /// <summary>The entry assembly of a project, such as <c>EPerfect.Orders</c>.</summary>
    public string AssemblyOf(string project) => Path.Combine(Folder, project, project + ".dll");

    public static bool IsUpToDate(Checkout checkout) => Directory.Exists(FolderOf(checkout));

    /// <summary>Publishes what the sources say now, if it is not there yet.</summary>
    public static async Task<Publication> MakeAsync(Checkout checkout, CancellationToken ct)
    {
        Directory.CreateDirectory(Parent(checkout));
        using var onlyOne = await FileLock.TakeAsync(Path.Combine(Parent(checkout), "lock"), ct);
        var folder = FolderOf(checkout);
        if (!Directory.Exists(folder))
        {
            // Of other states, and what an interrupted build left: it may be half a file.
            var others = Directory.GetDirectories(Parent(checkout)).Where(other => Path.GetFileName(other) is not Kept);
            foreach (var old in others)
                Directory.Delete(old, recursive: true);
            await PublishAsync(checkout, folder, ct);
        }

        return new Publication(folder);
    }

    private static async Task PublishAsync(Checkout checkout, string folder, CancellationToken ct)
    {
        var draft = folder + ".new";
        var log = Path.Combine(Parent(checkout), "build.log");
        var result = await Tool.RunAsync(
            null, checkout.Folder, null,
            [DotNet.Path, "build", "deploy/publish.proj", "-nologo", "-v:minimal", "--tl:off", $"-p:Into={draft}/"],
            ct);
        await File.WriteAllTextAsync(log, result.Output, ct);
        if (result.ExitCode != 0)
        {
            var errors = result.Output.Split('\n')
                .Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);
            throw new LaunchException(
                "The build failed:\n" + string.Join('\n', errors.Take(LinesOfCompiler)), log);
        }

        await AheadOfTime.CompileAsync(draft, Path.Combine(Parent(checkout), Kept), ct);
        Directory.Move(draft, folder);
    }

    private static string Parent(Checkout checkout) => Path.Combine(checkout.Folder, "artifacts", "platform");

    private static string FolderOf(Checkout checkout) =>
        Path.Combine(Parent(checkout), SourceFingerprint.Of(checkout));
}
