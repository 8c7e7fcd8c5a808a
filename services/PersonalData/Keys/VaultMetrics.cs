using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EPerfect.PersonalData;

/// <summary>What the vault tells an operator: how long the store of keys takes to answer. Never whose keys.</summary>
public static class VaultMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "EPerfect.PersonalData";

    private static readonly Histogram<double> Duration = new Meter(Name).CreateHistogram<double>(
        "eperfect.vault.duration", "s", "How long the store of keys took to answer, by outcome");

    internal static async Task<T> MeasureAsync<T>(Func<Task<T>> ask)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var answer = await ask();
            outcome = "answered";
            return answer;
        }
        catch (VaultUnavailableException)
        {
            outcome = "unavailable";
            throw;
        }
        finally
        {
            Duration.Record(
                Stopwatch.GetElapsedTime(began).TotalSeconds, KeyValuePair.Create("outcome", (object?)outcome));
        }
    }
}
