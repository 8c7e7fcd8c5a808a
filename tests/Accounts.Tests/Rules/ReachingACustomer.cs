using EPerfect.Accounts.PersonalDetails;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Rules;

public sealed class ReachingACustomer
{
    private const string Email = "ann@canary.example";
    private const string Phone = "+12025550123";

    [Theory]
    [InlineData("+12025550123")]
    [InlineData("+3725123456")]
    [InlineData("+442071838750")]
    public void A_phone_number_in_E164_is_taken(string phone) => Contact.Check(Email, phone).ShouldBeNull();

    [Theory, Control("S5")]
    [InlineData("")]
    [InlineData("12025550123")]
    [InlineData("0012025550123")]
    [InlineData("+1 202 555 0123")]
    [InlineData("+1-202-555-0123")]
    [InlineData("+12025550123 ext 4")]
    [InlineData("+1202")]
    [InlineData("+1202555012345678")]
    [InlineData("+999123456789")]
    [InlineData("+12O25550123")]
    [InlineData("tel:+12025550123")]
    [InlineData("+1202555012٣")]
    public void Any_other_form_is_refused(string phone) => Contact.Check(Email, phone)!.Code.ShouldBe("phone-not-e164");

    [Theory]
    [InlineData("ann@canary.example")]
    [InlineData("Ann.O'Canary+news@mail.canary.co.uk")]
    [InlineData("andré@bücher.example")]
    public void An_address_at_a_host_name_is_taken(string email) => Contact.Check(email, Phone).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("ann@")]
    [InlineData("@canary.example")]
    [InlineData("ann@localhost")]
    [InlineData("ann@canary.example.")]
    [InlineData("ann@canary..example")]
    [InlineData("ann@-canary.example")]
    [InlineData("ann@192.168.1.10")]
    [InlineData("ann@[192.168.1.10]")]
    [InlineData("ann@bob@canary.example")]
    [InlineData(" ann@canary.example")]
    [InlineData("Ann <ann@canary.example>")]
    [InlineData("ann@canary.example, bob@canary.example")]
    [InlineData("ann\r\nBcc: bob@canary.example")]
    [InlineData("\"ann smith\"@canary.example")]
    public void Anything_else_is_refused(string email) => Contact.Check(email, Phone)!.Code.ShouldBe("email-invalid");

    [Fact]
    public void An_address_is_as_long_as_mail_allows()
    {
        Contact.Check($"{new string('a', 64)}@canary.example", Phone).ShouldBeNull();
        Contact.Check($"{new string('a', 65)}@canary.example", Phone).ShouldNotBeNull();
        var host = string.Join('.', Enumerable.Repeat(new string('a', 60), 5));
        Contact.Check($"ann@{host}.example", Phone).ShouldNotBeNull();
    }

    [Fact]
    public void All_assigned_countries_are_known() => Countries.Count.ShouldBe(249);

    [Theory]
    [InlineData("XX")]
    [InlineData("ee")]
    [InlineData("EST")]
    [InlineData("UK")]
    [InlineData("")]
    public void A_country_is_an_ISO_3166_code(string country)
    {
        var refusal = (Given.Address with { Country = country }).Check("/address");
        (refusal!.Code, refusal.Pointer).ShouldBe(("country-unknown", "/address/country"));
    }

    [Fact]
    public void A_refused_line_of_the_street_is_named() =>
        (Given.Address with { Street = ["12 Canary Lane", ""] }).Check("/address")!.Pointer
            .ShouldBe("/address/street/1");

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_street_has_one_to_four_lines(int lines) =>
        (Given.Address with { Street = [.. Enumerable.Repeat("Lane", lines)] }).Check("/address")!.Code
            .ShouldBe("street-invalid");

    [Fact]
    public void Region_and_postal_code_may_be_left_out_but_not_be_blank()
    {
        (Given.Address with { Region = null, PostalCode = null }).Check("/address").ShouldBeNull();
        (Given.Address with { Region = " " }).Check("/address")!.Pointer.ShouldBe("/address/region");
        (Given.Address with { PostalCode = "" }).Check("/address")!.Pointer.ShouldBe("/address/postalCode");
    }
}
