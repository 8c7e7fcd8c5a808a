using HdrHistogram;

namespace EPerfect.Benchmarks;

/// <summary>What came of asking many times. Times in microseconds.</summary>
internal sealed class Measured
{
    private static readonly long Most = (long)TimeSpan.FromMinutes(5).TotalMicroseconds;
    private readonly LongHistogram times = new(Most, 3);
    private readonly Lock gate = new();
    private string? refusal;

    public long Count => times.TotalCount;

    public long Refused { get; private set; }

    public TimeSpan Duration { get; set; }

    public double PerSecond => Count / Duration.TotalSeconds;

    public double P50 => Milliseconds(50);

    public double P99 => Milliseconds(99);

    public LongHistogram Times => times;

    /// <summary>What kept it from measuring anything; null if nothing did.</summary>
    public string? Refusal => refusal;

    public double Milliseconds(double percentile) => times.GetValueAtPercentile(percentile) / 1000.0;

    public void Add(TimeSpan took)
    {
        lock (gate) times.RecordValue(Math.Clamp((long)took.TotalMicroseconds, 1, Most));
    }

    public void Refuse(Reply reply)
    {
        lock (gate)
        {
            Refused++;
            refusal ??= $"{reply.Status} {reply.Body}";
        }
    }

    public void Join(Measured other)
    {
        lock (gate)
        {
            times.Add(other.times);
            Duration += other.Duration;
            Refused += other.Refused;
            refusal ??= other.refusal;
        }
    }

    public override string ToString() =>
        $"{PerSecond,7:F0}/s  p50 {P50,7:F2}  p99 {P99,8:F2} ms" + (Refused > 0 ? $"  {Refused} refused: {Refusal}" : "");
}
