namespace EPerfect.ServiceDefaults;

/// <summary>Why a request changes nothing. Leaves the service as an RFC 9457 problem.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable name in kebab case; clients branch on it.</param>
/// <param name="Rule">The rule that was broken, as a sentence. Never holds a personal value.</param>
/// <param name="Pointer">Where in the body the fault is, as a JSON Pointer (RFC 6901).</param>
public sealed record Refusal(int Status, string Code, string Rule, string? Pointer = null)
{
    /// <summary>What keeps it so, for what law or a contract holds, such as <c>tax-law</c>.</summary>
    public string? Ground { get; init; }

    /// <summary>The oldest place that one can go on from, where an older one was asked for.</summary>
    public long? Oldest { get; init; }

    /// <summary>Until when it is so.</summary>
    public DateTimeOffset? Until { get; init; }
}
