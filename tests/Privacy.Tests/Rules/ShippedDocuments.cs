using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EPerfect.Privacy.Documents;

namespace EPerfect.Privacy.Tests.Rules;

public sealed partial class ShippedDocuments
{
    private static readonly IReadOnlyList<DocumentText> Texts = ShippedTexts.Read().All;

    public static TheoryData<string> Policies =>
        ["terms-of-service", "acceptable-use-policy", "cgi-abuse-policy", "uce-policy"];

    [Fact]
    public void Every_document_of_the_set_ships() =>
        Texts.Select(text => text.Kind).Distinct(StringComparer.Ordinal).ShouldBe(DocumentKind.All, ignoreOrder: true);

    [Fact]
    public void The_privacy_policy_is_the_published_one_byte_for_byte() =>
        Texts.Single(text => text is { Kind: "privacy-policy", Version: 1 }).Sha256
            .ShouldBe("d3ceed4b14f32650413adcab7db9a16849e770c3570992fe790058dc2fecf70a");

    [Fact]
    public void Every_text_is_UTF8_without_a_mark()
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        foreach (var text in Texts) strict.GetString(text.Content).ShouldNotStartWith("\uFEFF");
    }

    [Theory, MemberData(nameof(Policies))]
    public void A_policy_says_from_when_it_is_in_force(string kind)
    {
        foreach (var text in Texts.Where(text => text.Kind == kind))
        {
            var date = text.EffectiveAt.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
            Encoding.UTF8.GetString(text.Content).ShouldContain($"\nEffective date: {date}\n");
        }
    }

    [Theory, MemberData(nameof(Policies))]
    public void A_clause_has_an_id_of_its_own_that_repeats_its_number(string kind)
    {
        foreach (var text in Texts.Where(text => text.Kind == kind))
        {
            var clauses = Clause().Matches(Encoding.UTF8.GetString(text.Content));
            clauses.Count.ShouldBeGreaterThan(8);
            clauses.Select(clause => clause.Groups["id"].Value).ShouldBeUnique(StringComparer.Ordinal);
            clauses.ShouldAllBe(clause => clause.Groups["number"].Value == clause.Groups["idNumber"].Value);
        }
    }

    [GeneratedRegex(@"^(?<number>\d+\.\d+) \[(?<id>[A-Z]+-(?<idNumber>\d+\.\d+))\] ", RegexOptions.Multiline, 1000)]
    private static partial Regex Clause();
}
