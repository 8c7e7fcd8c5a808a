using EPerfect.Domains.Contacts;
using EPerfect.Testing;

namespace EPerfect.Domains.Tests.Rules;

public sealed class RegistrantContacts
{
    private static RegisterContactRequest Good => new(
        Some.Account, "Ada Example", "ada@example.org", "+441632960123",
        new Address(["1 Analytical Row"], "London", "GB", PostalCode: "N1 1AA"), null, PublicityAcknowledged: true);

    [Fact]
    public void A_complete_contact_is_taken() => RegisterContact.WhyNot(Good).ShouldBeNull();

    [Fact, Control("nav-domain-registration")]
    public void Without_the_acknowledgement_of_publicity_nothing_is_registered() =>
        RegisterContact.WhyNot(Good with { PublicityAcknowledged = false })!.Code
            .ShouldBe("publicity-not-acknowledged");

    [Fact]
    public void A_contact_belongs_to_an_account() =>
        RegisterContact.WhyNot(Good with { AccountId = Guid.Empty })!.Code.ShouldBe("account-missing");

    [Theory]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.org")]
    [InlineData("ada@localhost")]
    [InlineData("ada@@example.org")]
    [InlineData("ada b@example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@example.org\r\nBcc: all@example.org")]
    public void An_address_that_no_mail_reaches_is_refused(string email) =>
        RegisterContact.WhyNot(Good with { Email = email })!.Code.ShouldBe("email-invalid");

    [Theory]
    [InlineData("ada+shop@mail.example.co.uk")]
    [InlineData("ada@münchen.de")]
    [InlineData("o'hara@example.org")]
    public void Unusual_addresses_are_taken(string email) =>
        RegisterContact.WhyNot(Good with { Email = email }).ShouldBeNull();

    [Theory]
    [InlineData("441632960123")]
    [InlineData("+0441632960")]
    [InlineData("+44 1632 960123")]
    [InlineData("+44")]
    [InlineData("+4416329601234567")]
    [InlineData("+441632960123\n")]
    [InlineData("+٤٤١٦٣٢٩٦٠")]
    public void A_phone_number_that_is_not_E164_is_refused(string phone) =>
        RegisterContact.WhyNot(Good with { Phone = phone })!.Code.ShouldBe("phone-not-e164");

    [Theory]
    [InlineData("UK")]
    [InlineData("gb")]
    [InlineData("GBR")]
    [InlineData("")]
    public void A_country_that_is_not_ISO_3166_is_refused(string country) =>
        RegisterContact.WhyNot(Good with { Address = Good.Address with { Country = country } })!.Code
            .ShouldBe("country-unknown");

    [Fact]
    public void Texts_that_are_empty_too_long_or_on_two_lines_are_refused()
    {
        RegisterContact.WhyNot(Good with { Name = " " })!.Pointer.ShouldBe("/name");
        RegisterContact.WhyNot(Good with { Name = new string('a', 201) })!.Pointer.ShouldBe("/name");
        RegisterContact.WhyNot(Good with { Organisation = "" })!.Pointer.ShouldBe("/organisation");
        Postal(a => a with { Street = [] }).ShouldBe("/address/street");
        Postal(a => a with { Street = ["1", "2", "3", "4"] }).ShouldBe("/address/street");
        Postal(a => a with { Street = ["1", "b\nc"] }).ShouldBe("/address/street/1");
        Postal(a => a with { Street = [null!] }).ShouldBe("/address/street/0");
        Postal(a => a with { City = "" }).ShouldBe("/address/city");
        Postal(a => a with { Region = "a\u0000" }).ShouldBe("/address/region");
        Postal(a => a with { PostalCode = new string('1', 17) }).ShouldBe("/address/postalCode");
    }

    private static string? Postal(Func<Address, Address> change) =>
        RegisterContact.WhyNot(Good with { Address = change(Good.Address) })!.Pointer;
}
