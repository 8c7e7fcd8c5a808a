using EPerfect.Privacy.Decisions;

namespace EPerfect.Privacy.Policy.Reviews;

/// <summary>What is reviewed: each sentence's controls, each measure, each entry of the record of processing.</summary>
internal static class ReviewSubjects
{
    public static string OfPurpose(string purpose) => $"processing-{purpose}";

    public static IReadOnlyList<string> All(
        Wording wording, Measures.Measures measures, IEnumerable<PurposeDeclaration> purposes) =>
    [
        .. wording.Sentences.Select(sentence => sentence.Id).OfType<string>()
            .Concat(measures.All.Select(measure => measure.Id))
            .Concat(purposes.Select(purpose => OfPurpose(purpose.Purpose)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];
}
