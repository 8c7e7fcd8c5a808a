namespace EPerfect.ServiceDefaults;

/// <summary>A metric whose value is looked up now and then.</summary>
/// <param name="Name">Dotted, such as <c>eperfect.deadlines.overdue</c>.</param>
/// <param name="Unit">As UCUM writes it: <c>s</c>, or what is counted, in braces.</param>
/// <param name="Description">What an operator reads.</param>
public sealed record Gauge(string Name, string Unit, string Description);

/// <summary>A value of a gauge. Tags are names of parts, kinds and states, and opaque ids of partners: never of a
/// person.</summary>
/// <param name="Gauge">Whose.</param>
/// <param name="Value">How much.</param>
/// <param name="Tags">Of what.</param>
public sealed record Measured(Gauge Gauge, double Value, params IReadOnlyList<KeyValuePair<string, object?>> Tags)
{
    /// <summary>A value with one tag.</summary>
    /// <param name="gauge">Whose.</param>
    /// <param name="value">How much.</param>
    /// <param name="tag">The tag's name.</param>
    /// <param name="of">Of what.</param>
    public static Measured Of(Gauge gauge, double value, string tag, string of) =>
        new(gauge, value, KeyValuePair.Create(tag, (object?)of));
}
