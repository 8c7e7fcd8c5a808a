using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Proof that a command (by its Idempotency-Key) or a message (by its id and queue) was carried out. It commits with
/// what it caused, so that a repeat finds it and changes nothing. Kept for <see cref="Retention"/>.
/// </summary>
internal sealed record Receipt(string Id, string Fingerprint, Answer Answer, DateTimeOffset At)
{
    /// <summary>A month longer than an error queue keeps a message (<see cref="SweepErrorQueues.Rule"/>), so that whatever is
    /// given back from there is still recognised.</summary>
    public static readonly Retention Retention =
        new("receipts", RetentionTrigger.EntryWritten, "P120D", "a repeat is recognised by it");
}
