using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;

namespace EPerfect.Privacy.Decisions;

/// <summary>All that a decision rests on, as it was at one time.</summary>
internal sealed record Facts(Document? Policy, PolicySets? Sets, Person? Person, DateTimeOffset At)
{
    /// <summary>
    /// The version of the privacy policy that the person's data is used under. It begins with what was accepted. A later
    /// version in force takes its place when it changes only words, when the person was told, or, where purposes widen,
    /// when the person accepted it.
    /// </summary>
    public int? BindingVersion()
    {
        if (Policy is null || Person is null) return null;
        var accepted = Person.Acknowledged.SelectMany(e => e.Documents)
            .Where(member => member.Document == DocumentKind.PrivacyPolicy)
            .Select(member => member.Version)
            .DefaultIfEmpty()
            .Max();
        int? binding = null;
        foreach (var published in Policy.Versions.Where(published => published.EffectiveAt <= At))
        {
            var version = published.Version;
            if (version > accepted && (binding is null || !Follows(version))) break;
            binding = version;
        }

        return binding;
    }

    /// <summary>The version whose notice the person was shown with the consent.</summary>
    public int? ConsentVersion(string purpose) =>
        Person?.LastChoice(purpose) is { Given: true } choice ? Sets?.PolicyOf(choice.PolicySet) : null;

    private bool Follows(int version) => Policy!.MaterialityOf(version) switch
    {
        Materiality.Editorial => true,
        Materiality.Material => Person!.WasToldOf(version),
        _ => false,
    };
}
