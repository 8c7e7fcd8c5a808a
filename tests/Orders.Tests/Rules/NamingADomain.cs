using CsCheck;
using EPerfect.Orders.Ordering;

namespace EPerfect.Orders.Tests.Rules;

/// <summary>What is no name for Domains must not be sold: it would be paid for, and paid back.</summary>
public sealed class NamingADomain
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("EXAMPLE.Com.", "example.com")]
    [InlineData("bücher.de", "xn--bcher-kva.de")]
    [InlineData("bu\u0308cher.de", "xn--bcher-kva.de")]
    [InlineData("BU\u0308CHER.de", "xn--bcher-kva.de")]
    [InlineData("例え.jp", "xn--r8jz45g.jp")]
    [InlineData("xn--bcher-kva.de", "xn--bcher-kva.de")]
    [InlineData("a-b.co.uk", "a-b.co.uk")]
    [InlineData("3com.com", "3com.com")]
    [InlineData("\uff25\uff38ample\uff0ecom", "example.com")]
    [InlineData("\uff76\uff80.jp", "xn--lckxb.jp")]
    public void A_name_has_one_ascii_form(string name, string ascii) => OrderedName.ToAscii(name).ShouldBe(ascii);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("com")]
    [InlineData("a..com")]
    [InlineData(".a.com")]
    [InlineData("-a.com")]
    [InlineData("a-.com")]
    [InlineData("ab--c.com")]
    [InlineData("a b.com")]
    [InlineData("a_b.com")]
    [InlineData("a/b.com")]
    [InlineData("a.com/")]
    [InlineData("a@b.com")]
    [InlineData("a\0.com")]
    [InlineData("xn--a.com")]
    [InlineData("a\u00b7b.com")]
    [InlineData("\u30a2\u30fb\u30a2.jp")]
    [InlineData("\u0301a.com")]
    [InlineData("ab--\u00fc.com")]
    [InlineData("xn--bucher-xyd.com")]
    [InlineData("xn--bcher-2pa.com")]
    [InlineData("xn--xample-hy68a.com")]
    [InlineData("192.0.2.1")]
    [InlineData("a.1")]
    public void What_is_not_a_name_has_none(string? name) => OrderedName.ToAscii(name).ShouldBeNull();

    [Fact]
    public void Labels_have_63_characters_at_most_and_names_253()
    {
        OrderedName.ToAscii($"{new string('a', 63)}.com").ShouldNotBeNull();
        OrderedName.ToAscii($"{new string('a', 64)}.com").ShouldBeNull();
        OrderedName.ToAscii($"{string.Join('.', Enumerable.Repeat(new string('a', 62), 4))}.b").ShouldNotBeNull();
        OrderedName.ToAscii($"{string.Join('.', Enumerable.Repeat(new string('a', 62), 4))}.bcd").ShouldBeNull();
    }

    [Fact]
    public void No_text_at_all_makes_it_throw_and_the_ascii_form_is_its_own() =>
        Gen.OneOf(
            Gen.String,
            Gen.String[Gen.Char["ab-.ü1例_ \ud800"], 0, 20],
            Gen.String[Gen.Char["xn-ab9"], 1, 12].Select(s => $"xn--{s}.com")).Sample(text =>
        {
            var ascii = OrderedName.ToAscii(text);
            if (ascii is not null) OrderedName.ToAscii(ascii).ShouldBe(ascii);
        });
}
