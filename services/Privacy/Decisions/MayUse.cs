namespace EPerfect.Privacy.Decisions;

/// <summary>May this purpose use this kind of data of this person? No, unless a rule says yes.</summary>
internal static class MayUse
{
    public static Verdict Decide(Facts facts, string purpose, string category)
    {
        var consent = facts.ConsentVersion(purpose);
        var binding = facts.BindingVersion();
        if ((consent > binding ? consent : binding ?? consent) is not { } version)
            return Verdict.No(DecisionRules.NothingAccepted);

        var declared = Find(facts, version, purpose);
        if (declared is null)
        {
            return Verdict.No(
                facts.Policy!.Purposes.Keys.Any(other => other > version && Find(facts, other, purpose) is not null)
                    ? DecisionRules.PurposeNotAccepted
                    : DecisionRules.PurposeNotDeclared,
                version);
        }

        if (!declared.Covers(category)) return Verdict.No(DecisionRules.CategoryNotDeclared, version, declared.Basis);
        var (allowed, rule) = OnItsBasis(facts, declared, category, consent);
        return new Verdict(allowed, rule, version, declared.Basis);
    }

    private static (bool Allowed, string Rule) OnItsBasis(
        Facts facts, PurposeDeclaration declared, string category, int? consent)
    {
        var person = facts.Person!;
        switch (declared.Basis)
        {
            // What is held back of an erased person serves the law that wants it, and nothing else.
            case not Bases.LegalObligation when person.Erasing is not null:
                return (false, DecisionRules.Erased);
            case Bases.Consent when consent is null:
                var never = person.LastChoice(declared.Purpose) is null;
                return (false, never ? DecisionRules.ConsentMissing : DecisionRules.ConsentWithdrawn);
            // What was agreed to is what the notice said then.
            case Bases.Consent when Find(facts, consent.Value, declared.Purpose)?.Covers(category) != true:
                return (false, DecisionRules.ConsentNarrower);
            // A restriction leaves what the person agrees to, and what the law demands (GDPR Art. 18(2)).
            case Bases.Consent:
                return (true, DecisionRules.ConsentGiven);
            case Bases.LegalObligation:
                return (true, DecisionRules.LegalObligation);
            case not null when person.IsRestricted:
                return (false, DecisionRules.Restricted);
            case Bases.Contract:
                return (true, DecisionRules.Contract);
            case Bases.LegitimateInterest when !BalancingTests.Has(declared.BalancingTest):
                return (false, DecisionRules.NotBalanced);
            case Bases.LegitimateInterest when person.ObjectsTo(declared.Purpose):
                return (false, DecisionRules.Objected);
            case Bases.LegitimateInterest:
                return (true, DecisionRules.LegitimateInterest);
            default:
                return (false, DecisionRules.BasisUnknown);
        }
    }

    private static PurposeDeclaration? Find(Facts facts, int version, string purpose) =>
        facts.Policy?.PurposesOf(version).FirstOrDefault(declared => declared.Purpose == purpose);
}
