using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;

namespace EPerfect.Privacy.Tests.Rules;

public sealed class DeclaringPurposes
{
    private static readonly PurposeDeclaration Mail = new("direct-mail", Bases.Consent, ["contact"], "-");
    private static readonly PurposeDeclaration Hosting = new("hosting", Bases.Contract, ["contact", "billing"], "-");

    private static readonly PurposeDeclaration[][] Narrower =
    [
        [Mail, Hosting],
        [Hosting],
        [Mail, Hosting with { Categories = ["contact"] }],
        [Mail, Hosting with { Basis = Bases.Consent }],
    ];

    private static readonly PurposeDeclaration[][] Wider =
    [
        [Mail, Hosting, new("research", Bases.Consent, ["contact"], "-")],
        [Mail with { Categories = ["contact", "logs"] }, Hosting],
        [Mail with { Basis = Bases.LegitimateInterest, BalancingTest = "lia-1" }, Hosting],
    ];

    private static readonly PurposeDeclaration[][] Unsound =
    [
        [Mail with { Basis = "we-can" }],
        [Mail with { Categories = [] }],
        [Mail with { Categories = ["shoe-size"] }],
        [Mail with { Purpose = "" }],
        [Mail, Mail],
        [Mail with { Basis = Bases.LegitimateInterest }],
        [Mail with { Basis = Bases.LegitimateInterest, BalancingTest = "of-nothing" }],
        [Mail with { BalancingTest = "lia-1" }],
    ];

    [Fact]
    public void Who_widens_says_so()
    {
        foreach (var now in Wider)
        {
            WhyNot(Materiality.Material, now).ShouldBe("materiality-understated");
            WhyNot(Materiality.WiderPurpose, now).ShouldBeNull();
        }
    }

    [Fact]
    public void Who_narrows_need_not()
    {
        foreach (var now in Narrower) WhyNot(Materiality.Editorial, now).ShouldBeNull();
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        foreach (var declared in Unsound) WhyNot(Materiality.WiderPurpose, declared).ShouldBe("purpose-invalid");
    }

    [Fact]
    public void No_other_document_declares_any() =>
        PurposeRules.WhyNot([], Given.Text(1) with { Purposes = [] })?.Code.ShouldBe("purposes-misplaced");

    private static string? WhyNot(string materiality, PurposeDeclaration[] purposes) => PurposeRules.WhyNot(
        [Mail, Hosting],
        new DocumentText(DocumentKind.PrivacyPolicy, "-", 2, Given.Now, []) { Materiality = materiality, Purposes = purposes })
        ?.Code;
}
