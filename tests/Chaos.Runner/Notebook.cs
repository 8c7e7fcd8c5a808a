using EPerfect.Chaos.Checker;

namespace EPerfect.Chaos;

/// <summary>The clients' own history, appended to a file as they learn it.</summary>
internal sealed class Notebook(string file) : IDisposable
{
    private readonly StreamWriter writer = new(file, append: true) { AutoFlush = true };
    private readonly Lock gate = new();
    private readonly List<Violation> broken = [];
    private int acknowledged;

    public string File => file;

    public int Acknowledged => acknowledged;

    /// <summary>What the clients themselves saw go wrong.</summary>
    public IReadOnlyList<Violation> Broken
    {
        get
        {
            lock (gate)
            {
                return [.. broken];
            }
        }
    }

    public void Note(Noted noted)
    {
        lock (gate)
        {
            writer.WriteLine(History.Line(noted));
        }

        if (noted.Outcome is Outcome.Acknowledged) Interlocked.Increment(ref acknowledged);
    }

    public void Complain(Violation violation)
    {
        lock (gate)
        {
            broken.Add(violation);
        }
    }

    public void Dispose() => writer.Dispose();
}
