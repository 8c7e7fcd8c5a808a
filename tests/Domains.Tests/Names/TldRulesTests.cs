using EPerfect.Domains.Names;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Tests.Names;

public sealed class TldRulesTests
{
    [Theory]
    [InlineData("shop.com", "com")]
    [InlineData("shop.co.uk", "co.uk")]
    [InlineData("münchen.de", "de")]
    [InlineData("ёлка.com", "com")]
    [InlineData("日本語.com", "com")]
    [InlineData("한국.net", "net")]
    public void A_name_is_sold_as_one_label_under_an_offered_suffix(string name, string suffix) =>
        TldRules.For(DomainName.Parse(name)).ShouldNotBeNull().Suffix.ShouldBe(suffix);

    [Theory]
    [InlineData("com")]
    [InlineData("co.uk")]
    [InlineData("www.shop.com")]
    [InlineData("www.shop.co.uk")]
    [InlineData("shop.uk")]
    [InlineData("shop.ac.uk")]
    [InlineData("shop.museum")]
    [InlineData("shop.invalid")]
    [InlineData("ёлка.de")]
    [InlineData("münchen.co.uk")]
    [InlineData("pаypal.com")] // the first a is Cyrillic: letters of two scripts
    public void Anything_else_is_not_offered(string name) => TldRules.For(DomainName.Parse(name)).ShouldBeNull();
}
