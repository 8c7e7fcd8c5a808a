using System.Collections.Immutable;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Policies;

internal sealed record PolicySetLearned(int PolicySet, DateTimeOffset EffectiveAt);

/// <summary>
/// What Privacy has told of the sets of documents so far. Sets are counted from 1, so a number below a known one exists
/// even if its own message is still on the way.
/// </summary>
internal sealed record KnownPolicySets(Guid Id, ImmutableSortedDictionary<int, DateTimeOffset> EffectiveAt)
{
    public static readonly Guid StreamId = new("0190f3a0-0000-7000-8000-706f6c696379");

    public static readonly KnownPolicySets None = new(StreamId, ImmutableSortedDictionary<int, DateTimeOffset>.Empty);

    public static KnownPolicySets Create(PolicySetLearned e) => None.Apply(e);

    public KnownPolicySets Apply(PolicySetLearned e) =>
        this with { EffectiveAt = EffectiveAt.SetItem(e.PolicySet, e.EffectiveAt) };

    public static Decision Learn(KnownPolicySets? known, PolicySetLearned news) =>
        known?.EffectiveAt.ContainsKey(news.PolicySet) == true ? Decision.Nothing : Decision.Of(news);

    /// <summary>While no set is known the word of the customer stands, and Privacy settles it.</summary>
    public Refusal? Check(int accepted, DateTimeOffset now) =>
        accepted < 1 || (!EffectiveAt.IsEmpty && accepted > EffectiveAt.Keys.Last()) ? Unknown
        : EffectiveAt.Any(set => set.Key > accepted && set.Value <= now) ? Superseded
        : null;

    private static readonly Refusal Unknown = new(
        422, "policy-set-unknown", "The set accepted is one that was published.", "/acceptedPolicySet");

    private static readonly Refusal Superseded = new(
        409, "policy-set-superseded", "A later set is in force: show and accept that one.", "/acceptedPolicySet");
}
