namespace EPerfect.Testing;

/// <summary>Timers run as they do; the calendar can be turned on.</summary>
public sealed class TurnedClock : TimeProvider
{
    private TimeSpan ahead;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    /// <summary>Turns it on.</summary>
    /// <param name="by">How far.</param>
    public void Turn(TimeSpan by) => ahead += by;
}
