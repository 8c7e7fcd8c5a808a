using System.Diagnostics;

namespace EPerfect.Launcher.Output;

/// <summary>For a log or a pipe: a line when a step begins and one when it ends.</summary>
internal sealed class PlainSteps(TextWriter output) : ISteps
{
    public async Task RunAsync(string title, Func<Task<string>> work)
    {
        var watch = Stopwatch.StartNew();
        output.WriteLine($"  ...  {title}");
        try
        {
            var note = await work();
            output.WriteLine($"  ok   {title,-24} {Duration.Text(watch.Elapsed),8}  {note}");
        }
        catch
        {
            output.WriteLine($"  FAIL {title,-24} {Duration.Text(watch.Elapsed),8}");
            throw;
        }
    }
}
