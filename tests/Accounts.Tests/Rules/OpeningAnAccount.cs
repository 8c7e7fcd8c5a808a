using EPerfect.Accounts.PersonalDetails;
using EPerfect.Accounts.Policies;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Tests.Rules;

public sealed class OpeningAnAccount
{
    private static readonly KnownPolicySets OneSet = KnownPolicySets.None.Apply(new(1, Given.Now.AddYears(-1)));
    private static readonly OpenAccountRequest Right = new(
        "customer", "Ann Canary", "ann@canary.example", "+12025550123", Given.Address, 1);

    [Fact]
    public void Given_a_free_address_and_a_set_in_force_it_is_opened()
    {
        var opened = Given.Opened();
        OpenAccount.Decide(opened, OneSet, claim: null).ShouldBe(Decision.Of(opened));
    }

    [Fact]
    public void Given_a_taken_address_it_is_refused() =>
        OpenAccount.Decide(Given.Opened(), OneSet, new EmailClaim("index", Guid.NewGuid())).Refusal!.Code
            .ShouldBe("email-in-use");

    [Fact]
    public void Given_no_set_is_known_yet_the_word_of_the_customer_stands() =>
        OpenAccount.Decide(Given.Opened(policySet: 3), known: null, claim: null).Refusal.ShouldBeNull();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_set_that_was_not_published_is_refused(int policySet) =>
        OpenAccount.Decide(Given.Opened(policySet), OneSet, claim: null).Refusal!.Code.ShouldBe("policy-set-unknown");

    [Fact]
    public void No_set_below_one_exists_even_if_none_is_known() =>
        OpenAccount.Decide(Given.Opened(policySet: 0), known: null, claim: null).Refusal!.Status.ShouldBe(422);

    [Fact]
    public void Everything_right_is_taken() => OpenAccount.Check(Right).ShouldBeNull();

    [Theory]
    [InlineData("customer", null)]
    [InlineData("reseller", null)]
    [InlineData("Customer", "account-kind-unknown")]
    [InlineData("", "account-kind-unknown")]
    public void An_account_is_a_customers_or_a_resellers(string kind, string? code) =>
        OpenAccount.Check(Right with { Kind = kind })?.Code.ShouldBe(code);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Ann\u0000Canary")]
    [InlineData("Ann\nCanary")]
    public void A_name_is_one_line_of_text(string name) =>
        OpenAccount.Check(Right with { Name = name }).ShouldBe(
            new Refusal(422, "text-invalid", "This is one line of 1 to 200 characters.", "/name"));

    [Fact]
    public void A_name_ends_somewhere() =>
        OpenAccount.Check(Right with { Name = new string('a', 201) })!.Pointer.ShouldBe("/name");
}
