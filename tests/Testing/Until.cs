using System.Diagnostics;

namespace EPerfect.Testing;

/// <summary>Waits for what comes in its own time.</summary>
public static class Until
{
    /// <summary>Asks again until it holds.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="what">The condition in words, for the failure.</param>
    /// <param name="within">How long at most; 30 s if not given.</param>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static async Task TrueAsync(Func<Task<bool>> holds, string what, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(30);
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > limit) throw new TimeoutException($"Not within {limit.TotalSeconds:0} s: {what}.");
            await Task.Delay(25);
        }
    }

    /// <summary>Asks again until there is an answer.</summary>
    /// <param name="ask">Null while there is none.</param>
    /// <param name="what">What is waited for, in words.</param>
    /// <param name="within">How long at most; 30 s if not given.</param>
    public static async Task<T> SomeAsync<T>(Func<Task<T?>> ask, string what, TimeSpan? within = null)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await ask()) is not null, what, within);
        return found!;
    }
}
