using CsCheck;

namespace EPerfect.ServiceDefaults.Tests;

public sealed class DomainNameTests
{
    private const string Letters = "abcxyzäöüßéøαβγδжщя0123456789-";

    [Theory]
    [InlineData("Example.COM", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("MÜNCHEN.de", "xn--mnchen-3ya.de")]
    [InlineData("mu\u0308nchen.de", "xn--mnchen-3ya.de")]
    [InlineData("XN--MNCHEN-3YA.de", "xn--mnchen-3ya.de")]
    [InlineData("straße.de", "xn--strae-oqa.de")]
    [InlineData("STRAẞE.de", "xn--strae-oqa.de")]
    [InlineData("ΒΌΛΟς.com", "xn--nxasmm1c.com")]
    [InlineData("βόλοσ.com", "xn--nxasmq6b.com")]
    [InlineData("ｅｘａｍｐｌｅ.com", "example.com")]
    [InlineData("ex\u00adample.com", "example.com")]
    [InlineData("食狮。公司.cn", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("пример.рф", "xn--e1afmkfd.xn--p1ai")]
    [InlineData("日本語.jp", "xn--wgv71a119e.jp")]
    [InlineData("한국.com", "xn--3e0b707e.com")]
    [InlineData("\u1112\u1161\u11ab\u1100\u116e\u11a8.com", "xn--3e0b707e.com")]
    [InlineData("İstanbul.com", "xn--istanbul-o0e.com")]
    [InlineData("ﬁle.com", "file.com")]
    [InlineData("123.com", "123.com")]
    public void Each_spelling_of_a_name_becomes_its_one_ASCII_form(string input, string ascii) =>
        DomainName.Parse(input).Ascii.ShouldBe(ascii);

    [Theory]
    [InlineData("xn--mnchen-3ya.de", "münchen.de")]
    [InlineData("www.xn--strae-oqa.de", "www.straße.de")]
    [InlineData("example.com", "example.com")]
    public void People_read_the_unicode_form(string input, string unicode) =>
        DomainName.Parse(input).Unicode.ShouldBe(unicode);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(" ")]
    [InlineData("a b.com")]
    [InlineData(".com")]
    [InlineData("a..com")]
    [InlineData("example.com..")]
    [InlineData("-a.com")]
    [InlineData("a-.com")]
    [InlineData("ab--cd.com")]
    [InlineData("a_b.com")]
    [InlineData("a/b.com")]
    [InlineData("user@example.com")]
    [InlineData("http://example.com")]
    [InlineData("<script>.com")]
    [InlineData("a\u0000.com")]
    [InlineData("a\r\nb.com")]
    [InlineData("xn--a.de")]
    [InlineData("xn--.de")]
    [InlineData("xn--zzzzzzzz.de")]
    [InlineData("xn--mnchen-3ya-.de")]
    [InlineData("☃.com")]
    [InlineData("💩.com")]
    [InlineData("xn--ls8h.com")]
    [InlineData("xn--80ak6aa92E\u0301.com")]
    [InlineData("a\u200db.com")]
    [InlineData("\u0301a.com")]
    [InlineData("אab.com")]
    [InlineData("\ud800.com")]
    [InlineData("127.0.0.1")]
    [InlineData("1.2.3")]
    public void What_is_no_host_name_is_refused(string? input) => DomainName.TryParse(input, out _).ShouldBeFalse();

    [Fact]
    public void A_label_holds_63_characters_and_a_name_253()
    {
        DomainName.TryParse(new string('a', 63) + ".com", out _).ShouldBeTrue();
        DomainName.TryParse(new string('a', 64) + ".com", out _).ShouldBeFalse();
        DomainName.TryParse(new string('ü', 60) + ".com", out _).ShouldBeFalse("the A-label counts, not the letters");
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 49), 5)) + ".com";
        longest.Length.ShouldBe(253);
        DomainName.TryParse(longest, out _).ShouldBeTrue();
        DomainName.TryParse("a" + longest, out _).ShouldBeFalse();
        DomainName.TryParse(new string('a', 100_000), out _).ShouldBeFalse();
    }

    [Fact]
    public void Any_text_is_parsed_or_refused_and_what_is_parsed_stays_as_it_is() =>
        Gen.String[Gen.Char, 0, 40].Sample(input =>
        {
            if (!DomainName.TryParse(input, out var name)) return;
            DomainName.Parse(name.Ascii).ShouldBe(name);
            DomainName.Parse(name.Unicode).ShouldBe(name);
            name.Ascii.ShouldBe(name.Ascii.ToLowerInvariant());
        });

    [Fact]
    public void Case_never_makes_another_name() =>
        Gen.Int[0, Letters.Length - 1].Select(i => Letters[i]).Array[1, 20].Sample(letters =>
        {
            var input = new string(letters) + ".com";
            var parsed = DomainName.TryParse(input, out var name);
            DomainName.TryParse(input.ToUpperInvariant(), out var upper).ShouldBe(parsed);
            upper.ShouldBe(name);
        });
}
