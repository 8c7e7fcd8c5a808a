using System.Diagnostics;

namespace EPerfect.Accounts.Tests.OpenId;

/// <summary>Counts what requests ask of the database, by its driver's spans.</summary>
internal sealed class CountedStatements : IDisposable
{
    private readonly ActivityListener listener;
    private int count;

    /// <param name="except">Databases whose names begin so are not counted.</param>
    public CountedStatements(string? except = null)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Those of a request, not of what runs beside it.
                if (activity.Source.Name != "Npgsql" || activity.Parent is null) return;
                var database = (string)activity.GetTagItem("db.namespace")!;
                if (except is null || !database.StartsWith(except, StringComparison.Ordinal)) Interlocked.Increment(ref count);
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public int Count => Volatile.Read(ref count);

    public void Dispose() => listener.Dispose();
}
