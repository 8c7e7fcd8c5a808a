using System.Diagnostics;

namespace EPerfect.Benchmarks;

/// <summary>A part of the measurement in a process of its own. It says where it listens in its first line.</summary>
internal sealed class Part : IDisposable
{
    private readonly Process process;

    private Part(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static Part Start(params string[] arguments)
    {
        var started = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        while (started.StandardOutput.ReadLine() is { } line)
            if (Uri.TryCreate(line, UriKind.Absolute, out var address)) return new Part(started, address);
        throw new InvalidOperationException($"{arguments[0]} did not start.");
    }

    /// <summary>Processor time so far.</summary>
    public TimeSpan Worked
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
