using System.Text;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Policy;
using EPerfect.Privacy.Policy.Measures;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Rules;

/// <summary>The policy that ships is its sentences, and nothing besides.</summary>
public sealed class SplittingThePolicy
{
    private static readonly Wording Shipped = Wording.Shipped();

    private static readonly string Text = Encoding.UTF8.GetString(
        ShippedTexts.Read().All.Single(text => text is { Kind: DocumentKind.PrivacyPolicy, Version: 1 }).Content);

    private static readonly IReadOnlyList<Sentence> Found = Shipped.Split(Text);

    public static TheoryData<string> Ids =>
        [.. Found.Select(sentence => sentence.Id).OfType<string>().Distinct(StringComparer.Ordinal)];

    [Fact, Control("S1")]
    public void The_sentences_cover_the_text_to_the_last_letter_in_its_order()
    {
        Found.ShouldBe(Shipped.Sentences);
        Bare(string.Concat(Found.Select(sentence => sentence.Text))).ShouldBe(Bare(Text));
    }

    [Fact, Control("S1")]
    public void Every_sentence_of_the_body_has_its_id() => Found.Select(sentence => sentence.Id)
        .Where(id => id?.StartsWith("nav-", StringComparison.Ordinal) == false)
        .ShouldBe([.. Enumerable.Range(1, 26).Select(n => $"S{n}"), "C1", "C2", "C3", "C4", "S27", "S28", "S29"]);

    [Fact]
    public void Only_headings_have_none() => Found.Where(sentence => sentence.Id is null)
        .ShouldAllBe(sentence => sentence.Text.Length < 60 && !sentence.Text.Contains(". ", StringComparison.Ordinal));

    [Theory, MemberData(nameof(Ids)), Control("S1")]
    public void Every_sentence_has_a_check_or_says_what_is_missing(string id) =>
        Found.Where(sentence => sentence.Id == id)
            .ShouldAllBe(sentence => sentence.Open != null || Controls.Shipped().Of(id).Count > 0, id);

    [Fact]
    public void A_check_holds_a_sentence_or_a_measure_that_there_is() =>
        Controls.Shipped().BySentence.Keys.Select(key => key.Split('/')[0])
            .Except(Found.Select(sentence => sentence.Id), StringComparer.Ordinal)
            .Except(Measures.Shipped().All.Select(measure => measure.Id), StringComparer.Ordinal)
            .ShouldBeEmpty();

    [Fact, Control("S1")]
    public void Words_that_nobody_knows_are_a_sentence_that_nothing_holds()
    {
        var added = Shipped.Split(Text + "\nWe also sell your address.\n");
        added[^1].ShouldBe(new Sentence("We also sell your address.", "“We also sell your address.”"));
        added.SkipLast(1).ShouldBe(Found);
    }

    [Fact]
    public void A_sentence_in_other_words_is_not_that_sentence()
    {
        var reworded = Shipped.Split(Text.Replace("also uses cookies", "also eats cookies", StringComparison.Ordinal));
        reworded.ShouldNotContain(sentence => sentence.Id == "S7");
        reworded.ShouldContain(sentence => sentence.Id != null && sentence.Id.StartsWith("“also eats", StringComparison.Ordinal));
    }

    private static string Bare(string text) =>
        string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('•' or '>')));
}
