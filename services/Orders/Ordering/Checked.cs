using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Ordering;

/// <summary>A value that passed its rules, or the refusal of the first rule that it broke.</summary>
internal readonly record struct Checked<T>(T? Value, Refusal? Refusal)
    where T : class
{
    public static implicit operator Checked<T>(T value) => new(value, null);

    public static implicit operator Checked<T>(Refusal refusal) => new(null, refusal);
}
