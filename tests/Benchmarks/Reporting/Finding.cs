namespace EPerfect.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Seen">What came out, in words.</param>
/// <param name="Beside">The baseline of the same run, in words; empty if the aim is absolute.</param>
/// <param name="Value">What is compared with the aim: a ratio, or milliseconds, or a rate.</param>
/// <param name="Aim">What it should be; null if there is none.</param>
internal sealed record Finding(string What, string Seen, string Beside, double Value, Aim? Aim = null)
{
    public bool Met => Aim?.Met(Value) ?? true;
}

/// <summary>At least so much, or less than so much.</summary>
internal sealed record Aim(double Bound, bool AtLeast)
{
    public static Aim Least(double bound) => new(bound, AtLeast: true);

    public static Aim Under(double bound) => new(bound, AtLeast: false);

    public bool Met(double value) => AtLeast ? value >= Bound : value < Bound;

    public override string ToString() => AtLeast ? $"at least {Bound:0.##}" : $"under {Bound:0.##}";
}
