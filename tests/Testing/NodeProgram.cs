using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EPerfect.Launcher.Infrastructure;
using Shouldly;

namespace EPerfect.Testing;

/// <summary>A program of a folder beside the test, which tells step by step what it saw: JSON lines. Needs Node.js 20 or
/// later.</summary>
public sealed class NodeProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private NodeProgram(Process process) => this.process = process;

    /// <summary>Installs its libraries as its lock file says, and starts it.</summary>
    /// <param name="folder">Where it is, beside the test's file.</param>
    /// <param name="needs">What it needs beside Node.js: programs, and the packages that have them.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="main">Its file.</param>
    /// <param name="test">The test's file.</param>
    public static async Task<NodeProgram> StartAsync(
        string folder,
        IEnumerable<(string Program, string Package)> needs,
        IEnumerable<string> arguments,
        string main = "main.mjs",
        [CallerFilePath] string test = "")
    {
        folder = Path.Combine(Path.GetDirectoryName(test)!, folder);
        await Requirements.EnsureAsync([("node", "nodejs"), ("npm", "npm"), .. needs], CancellationToken.None);
        await InstallAsync(folder);
        return new(Start(folder, "node", [main, .. arguments]));
    }

    /// <summary>Installs the libraries of a folder as its lock file says.</summary>
    /// <param name="folder">Where they go.</param>
    public static async Task InstallAsync(string folder)
    {
        using var install = Start(folder, "npm", "ci", "--no-audit", "--no-fund", "--silent");
        await install.WaitForExitAsync().WaitAsync(Patience);
        install.ExitCode.ShouldBe(0, await install.StandardError.ReadToEndAsync());
    }

    /// <summary>What it tells next, which must be this step.</summary>
    /// <param name="step">The step.</param>
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
    /// <param name="address">The address.</param>
    public Task TellAsync(Uri address) => TellAsync(address.ToString());

    /// <summary>Tells it a line that it waits for.</summary>
    /// <param name="line">The line.</param>
    public async Task TellAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static Process Start(string folder, string program, params IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
