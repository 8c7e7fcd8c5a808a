using System.Diagnostics;
using System.Globalization;

namespace EPerfect.Chaos;

/// <summary>What happened when, in a file; shown as well when somebody looks.</summary>
internal sealed class Timeline(string file, Action<string>? show) : IDisposable
{
    private readonly StreamWriter writer = new(file, append: true) { AutoFlush = true };
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock gate = new();

    public TimeSpan Elapsed => watch.Elapsed;

    public void Note(string what)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,8:0.0} {DateTime.UtcNow:HH:mm:ss.fff} {what}");
        lock (gate)
        {
            writer.WriteLine(line);
        }

        show?.Invoke(line);
    }

    public void Dispose() => writer.Dispose();
}
