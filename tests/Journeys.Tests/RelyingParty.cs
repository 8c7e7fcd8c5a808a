using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EPerfect.Launcher.Infrastructure;

namespace EPerfect.Journeys.Tests;

/// <summary>The program in <c>openid-client/</c>: a relying party on a certified library that is not .NET. Needs
/// Node.js 20 or later.</summary>
internal sealed class RelyingParty : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private RelyingParty(Process process) => this.process = process;

    /// <summary>Installs the library as its lock file says, and starts.</summary>
    public static async Task<RelyingParty> StartAsync(Uri issuer, string clientId, Uri redirect)
    {
        await Requirements.EnsureAsync([("node", "nodejs"), ("npm", "npm")], CancellationToken.None);
        var install = Start("npm", "ci", "--no-audit", "--no-fund", "--silent");
        await install.WaitForExitAsync().WaitAsync(Patience);
        install.ExitCode.ShouldBe(0, await install.StandardError.ReadToEndAsync());
        return new(Start("node", "main.mjs", issuer.ToString(), clientId, redirect.ToString()));
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

    /// <summary>Tells it where the browser was sent back to.</summary>
    public Task BackAsync(Uri callback) => process.StandardInput.WriteLineAsync(callback.ToString());

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Path.Combine(Here(), "openid-client"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
