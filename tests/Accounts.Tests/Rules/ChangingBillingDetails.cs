using EPerfect.Accounts.PersonalDetails;

namespace EPerfect.Accounts.Tests.Rules;

public sealed class ChangingBillingDetails
{
    private static readonly PaymentMethod Right = new("tok_visa_ok", "visa", "4242", "2026-03", Given.Address);

    [Fact]
    public void A_token_and_what_the_card_looks_like_are_taken() => Right.Check(Given.Now).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("tok")]
    [InlineData("4242424242424242")]
    [InlineData("4242-4242-4242-4242")]
    [InlineData("tok visa")]
    [InlineData("tok_visa\n")]
    public void A_token_has_the_form_of_a_token(string token) =>
        (Right with { Token = token }).Check(Given.Now)!.Code.ShouldBe("payment-token-invalid");

    [Theory]
    [InlineData("VISA")]
    [InlineData("")]
    [InlineData("4242")]
    public void A_brand_is_a_word(string brand) =>
        (Right with { Brand = brand }).Check(Given.Now)!.Code.ShouldBe("brand-invalid");

    [Theory]
    [InlineData("424")]
    [InlineData("42424")]
    [InlineData("42a2")]
    [InlineData("٤٢٤٢")]
    public void The_last_four_are_four_digits(string lastFour) =>
        (Right with { LastFour = lastFour }).Check(Given.Now)!.Code.ShouldBe("last-four-invalid");

    [Theory]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("03/26")]
    [InlineData("2026-3")]
    [InlineData("2026-03-01")]
    public void An_expiry_is_a_month(string expiry) =>
        (Right with { Expiry = expiry }).Check(Given.Now)!.Code.ShouldBe("expiry-invalid");

    [Fact]
    public void A_card_is_good_until_the_end_of_its_month()
    {
        Right.Check(new(2026, 3, 31, 23, 59, 59, TimeSpan.Zero)).ShouldBeNull();
        Right.Check(new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero))!.Code.ShouldBe("payment-method-expired");
    }

    [Fact]
    public void The_last_month_of_the_calendar_is_no_trap() =>
        (Right with { Expiry = "9999-12" }).Check(Given.Now).ShouldBeNull();

    [Fact]
    public void The_billing_address_is_held_to_the_same_rules() =>
        (Right with { BillingAddress = Given.Address with { Country = "XX" } }).Check(Given.Now)!.Pointer
            .ShouldBe("/billingAddress/country");

    [Fact]
    public void A_closed_account_pays_no_more() =>
        ChangeBillingDetails.Decide(
            Given.ClosedAccount(), new BillingDetailsChanged(Given.Envelope<PaymentMethod>(), Given.Now))
            .ShouldBe(AccountRefusals.Closed);
}
