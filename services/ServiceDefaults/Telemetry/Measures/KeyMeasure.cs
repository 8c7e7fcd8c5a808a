using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>How old what wraps the keys is. Looked up every ten minutes: counting all keys takes a while.</summary>
internal sealed class KeyMeasure(Vault vault, TimeProvider clock) : IMeasure
{
    private static readonly Gauge Age = new(
        "eperfect.keys.epoch_age", "s", "How long the present key-encryption key has been wrapping new keys");

    private static readonly Gauge Held = new(
        "eperfect.keys.held_erasures", "{erasure}", "Erasures that wait for the end of a legal hold");

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private (KeyReport Report, DateTimeOffset At)? seen;

    public IReadOnlyList<Gauge> Gauges { get; } = [Age, Held];

    public async Task<IReadOnlyList<Measured>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (seen is not { } known || now - known.At > Fresh)
            seen = known = (await vault.ReportAsync(cancellationToken), now);
        return
        [
            .. known.Report.Epochs.Where(epoch => epoch.DestroyedAt is null).Select(epoch => epoch.BegunAt)
                .OrderDescending().Take(1).Select(begun => new Measured(Age, Math.Max(0, (now - begun).TotalSeconds))),
            new Measured(Held, known.Report.PendingErasures),
        ];
    }
}
