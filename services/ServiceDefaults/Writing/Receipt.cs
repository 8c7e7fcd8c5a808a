using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Proof that a command (by its Idempotency-Key) or a message (by its id and queue) was carried out. It commits with
/// what it caused, so that a repeat finds it and changes nothing. Kept for <see cref="Retention"/>.
/// </summary>
internal sealed record Receipt(string Id, string Fingerprint, Answer Answer, DateTimeOffset At)
{
    /// <summary>Longer than any redelivery, replay from an error queue or client's retry is expected to take.</summary>
    public static readonly Retention Retention =
        new("receipts", RetentionTrigger.EntryWritten, "P30D", "a repeat is recognised by it");
}
