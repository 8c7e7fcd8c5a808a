namespace EPerfect.Chaos.Checker;

/// <summary>A promise that was not kept.</summary>
/// <param name="Rule">Which, such as <c>one-charge-per-order</c>.</param>
/// <param name="Subject">Of what: an order, a name, a queue.</param>
/// <param name="What">What is there instead.</param>
public sealed record Violation(string Rule, string Subject, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Subject}: {What}";
}
