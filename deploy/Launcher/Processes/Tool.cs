using System.Diagnostics;

namespace EPerfect.Launcher.Processes;

/// <summary>Runs a command to its end and gives what it said.</summary>
internal static class Tool
{
    public sealed record Result(int ExitCode, string Output);

    public static async Task<Result> RunAsync(
        SystemUser? runAs, string? workingDirectory, Variables? environment,
        IReadOnlyList<string> command, CancellationToken ct)
    {
        string[] stepDown = runAs is not null && Machine.IsRoot
            ? ["setpriv", "--reuid", runAs.Name, "--regid", runAs.Group, "--init-groups"]
            : [];
        string[] all = [.. stepDown, .. command];
        var info = new ProcessStartInfo(all[0], all[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? [])
            info.Environment[name] = value;

        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new Result(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static Task<Result> RunAsync(CancellationToken ct, params IReadOnlyList<string> command) =>
        RunAsync(null, null, null, command, ct);
}
