namespace EPerfect.ServiceDefaults;

/// <summary>What a rule decided: events to append, nothing to do, or a refusal.</summary>
public readonly struct Decision : IEquatable<Decision>
{
    private readonly IReadOnlyList<object>? events;

    private Decision(IReadOnlyList<object> events, Refusal? refusal) => (this.events, Refusal) = (events, refusal);

    /// <summary>Accepted, and there is nothing to change: the wish is already fact.</summary>
    public static Decision Nothing => default;

    /// <summary>What happened, in order. Empty when refused or when nothing changes.</summary>
    public IReadOnlyList<object> Events => events ?? [];

    /// <summary>The refusal, if it was refused.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Accepted.</summary>
    /// <param name="events">What happened, in order.</param>
    public static Decision Of(params IReadOnlyList<object> events) => new(events, refusal: null);

    /// <summary>Refused.</summary>
    /// <param name="refusal">Why.</param>
    public static implicit operator Decision(Refusal refusal) => FromRefusal(refusal);

    /// <inheritdoc cref="op_Implicit(Refusal)"/>
    public static Decision FromRefusal(Refusal refusal) => new([], refusal);

    /// <inheritdoc/>
    public bool Equals(Decision other) => Refusal == other.Refusal && Events.SequenceEqual(other.Events);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Decision other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Refusal, Events.Count);

    /// <summary>Same events, same refusal.</summary>
    public static bool operator ==(Decision left, Decision right) => left.Equals(right);

    /// <summary>Not the same.</summary>
    public static bool operator !=(Decision left, Decision right) => !left.Equals(right);
}
