using System.Text;
using EPerfect.Privacy.DataMap;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Register.Recording;
using JasperFx.Events;
using C = EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy.Tests;

/// <summary>A stand to start a sentence from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset LastYear = Now.AddYears(-1);
    public static readonly Guid OpeningId = new("0190f3a0-0000-7000-8000-000000000def");
    public static readonly Guid AccountId = new("0190f3a0-0000-7000-8000-000000000abc");

    /// <summary>Set 1 in force since a year, set 2 from <see cref="Now"/> on.</summary>
    public static readonly PolicySets TwoSets = PolicySets.None
        .Apply(new PolicySetPublished(1, Members(1), LastYear, LastYear))
        .Apply(new PolicySetPublished(2, Members(2), Now, LastYear));

    public static DocumentText Text(int version, string text = "Be kind.", DateTimeOffset? effectiveAt = null) => new(
        "acceptable-use-policy",
        "Acceptable Use Policy",
        version,
        effectiveAt ?? LastYear.AddDays(version),
        Encoding.UTF8.GetBytes(text));

    /// <summary>Has accepted the first version.</summary>
    public static readonly Person Customer = new Person().Apply(Acknowledged(1));

    /// <summary>The privacy policy with as many versions, the last in force from <see cref="Now"/> on.</summary>
    public static Document Policy(int versions) => Enumerable.Range(2, versions - 1).Aggregate(
        Document.Create(PolicyVersion(1, LastYear)), (policy, version) => policy.Apply(PolicyVersion(version, Now)));

    public static DocumentPublished PolicyVersion(int version, DateTimeOffset effectiveAt) =>
        new(DocumentKind.PrivacyPolicy, "Privacy Policy", version, $"hash-{version}", effectiveAt, [], LastYear);

    /// <summary>Sets whose numbers are those of the policy in them.</summary>
    public static PolicySets PolicySetsOf(int versions) => Enumerable.Range(1, versions).Aggregate(
        PolicySets.None, (sets, n) => sets.Apply(new PolicySetPublished(n, Members(n), LastYear, LastYear)));

    public static SetMember[] Members(int version) => [new("privacy-policy", version, $"hash-{version}")];

    public static PolicySetAcknowledged Acknowledged(int policySet) =>
        new(policySet, Members(policySet), Channels.Api, Now);

    public static ConsentChanged Consent(string purpose, bool given, int policySet = 2) =>
        new(purpose, given, Channels.Api, policySet, Now);

    public static OpeningRecorded Recorded() => new(OpeningId, AccountId, "accounts", Now, Details: null);

    /// <summary>By the event of this version of the person's stream.</summary>
    public static Person Restricted(this Person person, long version) => person.Apply(
        new Event<ProcessingRestricted>(new ProcessingRestricted(Now)) { Version = version });

    public static Person Lifted(this Person person, long version) => person.Apply(
        new Event<RestrictionLifted>(new RestrictionLifted(Now)) { Version = version });

    /// <summary>What Orders says of itself.</summary>
    public static DataMapGenerated DataMap(long version = 1) => new(
        "orders",
        new(
            new string('a', 64),
            [
                new C.DeclaredDatum(
                    "orders.payment-method", "token", "Payment", "the token", "sealed", "Billing", "to charge", "contract",
                    "until 30 days after the account was closed", "closed-account", ["event order_placed: payment"]),
            ],
            [new C.DataMovement("sent", "orders.order-paid.v1", ["orderId", "accountId"])],
            [new C.ExecutedRule("closed-account", "AccountClosed", "P30D", "the contract is over", "ErasePerson")],
            Now),
        version);
}
