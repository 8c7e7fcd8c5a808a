using System.Collections.Immutable;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Documents;

internal sealed record SetMember(string Document, int Version, string Sha256);

internal sealed record PolicySetPublished(
    int PolicySet, IReadOnlyList<SetMember> Documents, DateTimeOffset EffectiveAt, DateTimeOffset PublishedAt);

/// <summary>
/// Every set of documents that there ever was. Customers accept a set; its number grows when any member changes.
/// </summary>
internal sealed record PolicySets(Guid Id, ImmutableList<PolicySetPublished> All)
{
    public static readonly Guid StreamId = OwnStreams.PolicySets;

    public static readonly PolicySets None = new(StreamId, []);

    public static PolicySets Create(PolicySetPublished e) => None.Apply(e);

    public PolicySets Apply(PolicySetPublished e) => this with { All = All.Add(e) };

    public PolicySetPublished? Find(int policySet) => All.Find(set => set.PolicySet == policySet);

    public PolicySetPublished? InForce(DateTimeOffset now) => All.FindLast(set => set.EffectiveAt <= now);

    /// <summary>Which version of the privacy policy a set holds.</summary>
    public int? PolicyOf(int policySet) =>
        Find(policySet)?.Documents.FirstOrDefault(member => member.Document == DocumentKind.PrivacyPolicy)?.Version;

    /// <summary>A set may be accepted from its publication until a later one is in force.</summary>
    public Refusal? Check(int policySet, DateTimeOffset now) =>
        Find(policySet) is null ? Unknown
        : InForce(now)?.PolicySet > policySet ? Superseded
        : null;

    internal static Decision Publish(
        PolicySets? sets, IReadOnlyList<SetMember> members, DateTimeOffset effectiveAt, DateTimeOffset now)
    {
        var all = (sets ?? None).All;
        return all.Exists(set => set.Documents.SequenceEqual(members))
            ? Decision.Nothing
            : Decision.Of(new PolicySetPublished(all.Count + 1, members, effectiveAt, now));
    }

    /// <summary>What ships takes its place in the last set, beside what staff published since. What stands there, or an older
    /// version of it, changes nothing.</summary>
    internal static Decision Ship(
        PolicySets sets, IReadOnlyCollection<SetMember> shipped, DateTimeOffset effectiveAt, DateTimeOffset now)
    {
        var last = sets.All[^1];
        return Publish(
            sets,
            [
                .. last.Documents.Select(member =>
                    shipped.FirstOrDefault(one => one.Document == member.Document && one.Version > member.Version) ?? member),
            ],
            effectiveAt > last.EffectiveAt ? effectiveAt : last.EffectiveAt,
            now);
    }

    /// <summary>Sets follow each other: what is scheduled is not overtaken.</summary>
    internal static Decision Add(PolicySets? sets, SetMember member, DateTimeOffset effectiveAt, DateTimeOffset now) =>
        (sets ?? None).All is not [.., var last] ? Unknown
        : sets!.Overtakes(effectiveAt) ? Overtaken
        : Publish(
            sets,
            [.. last.Documents.Select(other => other.Document == member.Document ? member : other)],
            effectiveAt,
            now);

    /// <summary>Whether a set is published that takes effect later than that.</summary>
    public bool Overtakes(DateTimeOffset effectiveAt) => All is [.., var last] && last.EffectiveAt > effectiveAt;

    public static readonly Refusal Unknown =
        new(422, "policy-set-unknown", "The set of documents is one that was published.", "/policySet");

    internal static readonly Refusal Overtaken = new(
        409,
        "policy-set-scheduled",
        "A set is published that takes effect later: take its date or one after it.");

    public static readonly Refusal Superseded =
        new(409, "policy-set-superseded", "A later set is in force: show and accept that one.", "/policySet");
}
