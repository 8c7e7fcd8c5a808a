using System.Text.Json.Serialization;

namespace EPerfect.ServiceDefaults;

/// <summary>From now on it is not done: what is due waits. Who stopped it stands in the event's metadata.</summary>
/// <param name="Effect">Which.</param>
/// <param name="Reason">A reference, never a text.</param>
/// <param name="StoppedAt">When.</param>
public sealed record EffectStopped(string Effect, string Reason, DateTimeOffset StoppedAt)
{
    /// <summary>The name it is stored under, for ever, by every service.</summary>
    public const string StoredAs = "effect_stopped";
}

/// <summary>It is done again, what had waited first.</summary>
/// <param name="Effect">Which.</param>
/// <param name="Reason">A reference, never a text.</param>
/// <param name="ResumedAt">When.</param>
public sealed record EffectResumed(string Effect, string Reason, DateTimeOffset ResumedAt)
{
    /// <summary>The name it is stored under, for ever, by every service.</summary>
    public const string StoredAs = "effect_resumed";
}

/// <summary>Whether an effect is stopped: one stream for each.</summary>
/// <param name="Id">The stream.</param>
/// <param name="IsStopped">It is not done.</param>
/// <param name="SwitchedAt">When it was switched last.</param>
public sealed record EffectSwitch(Guid Id, bool IsStopped, DateTimeOffset SwitchedAt) : IOwned
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(1);

    private static readonly Guid Space = Guid.Parse("0190f3a0-0000-7000-8000-0000000001e0");

    Guid? IOwned.AccountId => null;

    /// <summary>The switch of an effect.</summary>
    /// <param name="effect">Its name.</param>
    public static Guid StreamOf(string effect) => DeterministicId.From(Space, effect);

    /// <summary>Stopped for the first time.</summary>
    public static EffectSwitch Create(EffectStopped e) => new(StreamOf(e.Effect), IsStopped: true, e.StoppedAt);

    /// <summary>Stopped.</summary>
    public EffectSwitch Apply(EffectStopped e) => this with { IsStopped = true, SwitchedAt = e.StoppedAt };

    /// <summary>Resumed.</summary>
    public EffectSwitch Apply(EffectResumed e) => this with { IsStopped = false, SwitchedAt = e.ResumedAt };

    /// <summary>What is stopped already is stopped, for the reason that was given first.</summary>
    internal static Decision Stop(EffectSwitch? state, string effect, string reason, DateTimeOffset now) =>
        state is { IsStopped: true } ? Decision.Nothing : Decision.Of(new EffectStopped(effect, reason, After(state, now)));

    internal static Decision Resume(EffectSwitch? state, string effect, string reason, DateTimeOffset now) =>
        state is { IsStopped: true }
            ? Decision.Of(new EffectResumed(effect, reason, After(state, now)))
            : Decision.Nothing;

    /// <summary>Later than the one before, whichever clock is ahead: a rebuild tells them apart by it.</summary>
    private static DateTimeOffset After(EffectSwitch? state, DateTimeOffset now) =>
        state is { } before && now < before.SwitchedAt + Apart ? before.SwitchedAt + Apart : now;
}

[JsonSerializable(typeof(EffectStopped))]
[JsonSerializable(typeof(EffectResumed))]
internal sealed partial class EffectJson : JsonSerializerContext;
