namespace EPerfect.ServiceDefaults;

/// <summary>What a unit of work answered. Kept with its receipt and given again to a repeat; holds no personal
/// data.</summary>
internal sealed record Answer(int Status, string? Location = null, string? ETag = null, string? Body = null)
{
    public static readonly Answer Done = new(200);

    /// <summary>Set when the unit was refused: nothing is stored, a repeat is judged anew.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Refusal? Refusal { get; init; }

    public static Answer Refused(Refusal refusal) => new(refusal.Status) { Refusal = refusal };
}
