using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EPerfect.Launcher.Infrastructure;

namespace EPerfect.Journeys.Tests;

/// <summary>A program of a folder beside this file, which tells step by step what it saw: JSON lines. Needs Node.js 20 or
/// later.</summary>
internal sealed class NodeProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private NodeProgram(Process process) => this.process = process;

    /// <summary>Installs its libraries as its lock file says, and starts it.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="needs">What it needs beside Node.js: programs, and the packages that have them.</param>
    /// <param name="arguments">What it is told.</param>
    public static async Task<NodeProgram> StartAsync(
        string folder, IEnumerable<(string Program, string Package)> needs, params IEnumerable<string> arguments)
    {
        await Requirements.EnsureAsync([("node", "nodejs"), ("npm", "npm"), .. needs], CancellationToken.None);
        using var install = Start(folder, "npm", "ci", "--no-audit", "--no-fund", "--silent");
        await install.WaitForExitAsync().WaitAsync(Patience);
        install.ExitCode.ShouldBe(0, await install.StandardError.ReadToEndAsync());
        return new(Start(folder, "node", ["main.mjs", .. arguments]));
    }

    /// <summary>What it tells next, which must be this step.</summary>
    public async Task<JsonObject> StepAsync(string step)
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException(
                $"It ended before it told of \"{step}\": {await process.StandardError.ReadToEndAsync()}");
        var told = JsonNode.Parse(line)!.AsObject();
        told["step"]!.GetValue<string>().ShouldBe(step);
        return told;
    }

    /// <summary>Tells it an address that it waits for.</summary>
    public Task TellAsync(Uri address) => process.StandardInput.WriteLineAsync(address.ToString());

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static Process Start(string folder, string program, params IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Path.Combine(Here(), folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
