using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>How many ask for their queue at once: each holds a session of the database while it waits for the door.</summary>
internal sealed class QueueOpenings() : Places(MostOfOne, MostOfAll, TooMany, TooCrowded)
{
    /// <summary>A request, and repeats of who did not wait for the answer.</summary>
    internal const int MostOfOne = 4;

    private const int MostOfAll = 16;

    private static readonly Refusal TooMany = new(
        429,
        "queue-openings-too-many",
        "A partner asks for its queue with four requests at once. One is enough: the last password counts.");

    private static readonly Refusal TooCrowded = new(
        503, "overloaded", "Too many ask for their queues. Try again in a moment with the same Idempotency-Key.");
}
