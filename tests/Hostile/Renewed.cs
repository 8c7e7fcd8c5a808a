using System.Diagnostics;

namespace EPerfect.Hostile;

/// <summary>A token is good for ten minutes, and a run takes longer: else most of it would find closed doors.</summary>
internal sealed class Renewed(Func<Task<string?>> ask)
{
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(5);
    private readonly Lock turn = new();
    private Task<string?>? token;
    private long since;

    public Task<string?> GetAsync()
    {
        lock (turn)
        {
            if (token is null or { IsFaulted: true } || Stopwatch.GetElapsedTime(since) > Good)
                (token, since) = (ask(), Stopwatch.GetTimestamp());
            return token;
        }
    }
}
