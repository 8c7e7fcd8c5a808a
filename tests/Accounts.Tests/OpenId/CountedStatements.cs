using System.Diagnostics;

namespace EPerfect.Accounts.Tests.OpenId;

/// <summary>Counts what requests ask of the database, by its driver's spans.</summary>
internal sealed class CountedStatements : IDisposable
{
    private readonly ActivityListener listener;
    private int count;

    public CountedStatements()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity =>
            {
                // Those of a request, not of what runs beside it.
                if (activity.Source.Name == "Npgsql" && activity.Parent is not null) Interlocked.Increment(ref count);
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public int Count => Volatile.Read(ref count);

    public void Dispose() => listener.Dispose();
}
