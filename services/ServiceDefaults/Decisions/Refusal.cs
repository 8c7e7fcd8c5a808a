namespace EPerfect.ServiceDefaults;

/// <summary>Why a request changes nothing. Leaves the service as an RFC 9457 problem.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable name in kebab case; clients branch on it.</param>
/// <param name="Rule">The rule that was broken, as a sentence. Never holds a personal value.</param>
/// <param name="Pointer">Where in the body the fault is, as a JSON Pointer (RFC 6901).</param>
public sealed record Refusal(int Status, string Code, string Rule, string? Pointer = null);
