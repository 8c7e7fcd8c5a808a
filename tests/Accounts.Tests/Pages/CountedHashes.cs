using System.Diagnostics.Metrics;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>How many password hashes this process computed since.</summary>
internal sealed class CountedHashes : IDisposable
{
    private readonly MeterListener listener = new();
    private long count;

    public CountedHashes()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "identity.password_hashes") listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, added, _, _) => Interlocked.Add(ref count, added));
        listener.Start();
    }

    public long Count => Interlocked.Read(ref count);

    public void Dispose() => listener.Dispose();
}
