using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What an erasure looks for: the person's data, opened once. Sealed under a number that is made for this search alone, so
/// that the same can be looked for when the person's own keys are gone; then this key is destroyed too.
/// </summary>
/// <param name="Texts">The texts.</param>
public sealed record LookedFor(
    [property: Datum(DataCategory.Content, "what is looked for when you are erased, to prove that nothing was left over")]
    IReadOnlyList<string> Texts) : IPersonalData
{
    /// <inheritdoc/>
    public static Declaration Declared { get; } = new(
        "erasure.looked-for",
        DataGroup.Identity,
        "To prove that nothing of you was left over when you were erased.",
        "legal obligation (GDPR Art. 5(2), Art. 17)",
        new Retention(
            "erasure-search", RetentionTrigger.EntryWritten, "P1D", "the search after the erasure has found nothing")
        {
            Remains = "if that found something, until it is gone",
        });
}
