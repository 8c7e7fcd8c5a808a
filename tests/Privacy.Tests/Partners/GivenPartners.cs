using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using JasperFx.Events;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Partners to start a sentence from.</summary>
internal static class GivenPartners
{
    public static readonly Guid PartnerId = new("0190f3a0-0000-7000-8000-0000000000aa");
    public static readonly Guid Proposer = Guid.CreateVersion7();
    public static readonly Guid Officer = Guid.CreateVersion7();
    public static readonly Guid Lawyer = Guid.CreateVersion7();

    public static readonly Terms Agreed = new(
        [Purposes.PartnerSharing],
        ["account", "contact"],
        [
            new(OrderPlacedData.EventType, ["orderId", "total", "currency"]),
            new(DomainRegisteredData.EventType, ["domainName", "expiresAt"]),
        ],
        Bases.Consent,
        RetentionDays: 90);

    /// <summary>Who customers are, encrypted; without the address.</summary>
    public static readonly Terms Shared = Agreed with
    {
        Categories = ["account", "contact", "identity"],
        Events = [new(CustomerSharedData.EventType, ["name", "email", "phone"])],
    };

    /// <summary>As shipped: partner-sharing by consent, for identity, contact and account; bookkeeping by law.</summary>
    public static readonly Document Declared = Given.Policy(1).Apply(new PurposesDeclared(1,
    [
        new(Purposes.PartnerSharing, Bases.Consent, ["identity", "contact", "account"], "-"),
        new("service", Bases.Contract, ["identity", "contact", "account"], "-"),
        new("bookkeeping", Bases.LegalObligation, ["billing", "account"], "-"),
    ]));

    public static readonly Partner Registered =
        new() { Id = PartnerId, Company = "Example Ltd", Kind = PartnerKind.Accounting, Mode = PartnerMode.Live };

    public static readonly Partner Proposed = Registered.After(
        ProposeAgreement.Decide(Registered, Agreed, Declared, Proposer, Given.Now));

    public static readonly Partner Active = Registered.Agreeing(Agreed);

    /// <summary>A key on the curve.</summary>
    public static PartnerKey Key(string? name)
    {
        using var pair = new TestPartnerKey();
        return new PartnerKey("EC", "P-256", pair.Public.X, pair.Public.Y, name);
    }

    public static Partner Agreeing(this Partner partner, Terms terms)
    {
        var proposed = partner.After(ProposeAgreement.Decide(partner, terms, Declared, Proposer, Given.Now));
        var once = proposed.After(ApproveAgreement.Decide(
            proposed, proposed.LastVersion, Officer, StaffRole.PrivacyOfficer, Declared, Given.Now));
        return once.After(ApproveAgreement.Decide(
            once, once.LastVersion, Lawyer, StaffRole.Legal, Declared, Given.Now), position: 100);
    }

    /// <summary>What the partner is after what was decided, which stands at that place of the store.</summary>
    public static Partner After(this Partner partner, Decision decision, long position = 1)
    {
        decision.Refusal.ShouldBeNull();
        return decision.Events.Aggregate(partner, (state, e) => e switch
        {
            AgreementProposed x => state.Apply(x),
            AgreementApproved x => state.Apply(x),
            AgreementActivated x => state.Apply(At(x, position)),
            AgreementNarrowed x => state.Apply(x),
            PartnerKeyChanged x => state.Apply(x),
            AskingBegun x => state.Apply(x),
            PartnerSuspended x => state.Apply(At(x, position)),
            PartnerResumed x => state.Apply(x),
            AgreementEnded x => state.Apply(At(x, position)),
            _ => throw new InvalidOperationException($"{e.GetType()} is not of a partner."),
        });
    }

    private static Event<T> At<T>(T data, long position)
        where T : notnull => new(data) { Sequence = position };
}
