using EPerfect.Accounts.PersonalDetails;

namespace EPerfect.Accounts.Tests.Rules;

/// <summary>What is another than before is told by name; what is the same is not, and what it says never.</summary>
public sealed class NamingCorrections
{
    private static readonly PostalAddress Home = new(["1 Lane", "Back door"], "Tallinn", "EE", PostalCode: "10111");
    private static readonly Contact Known = new("a@person.example", "+12025550123", Home);
    private static readonly PaymentMethod Card = new("tok_a", "visa", "4242", "2099-12", Home);

    [Fact]
    public void The_same_again_corrects_nothing()
    {
        Corrections.Between(new Identity("Ann"), new Identity("Ann")).ShouldBeEmpty();
        Corrections.Between(Known, Known with { Address = Home with { Street = ["1 Lane", "Back door"] } }).ShouldBeEmpty();
        Corrections.Between(Card, Card with { BillingAddress = Home with { Street = [.. Home.Street] } }).ShouldBeEmpty();
    }

    [Fact]
    public void Each_detail_is_named_by_itself()
    {
        Corrections.Between(new Identity("Ann"), new Identity("Anne")).ShouldBe(["name"]);
        Corrections.Between(Known, Known with { Email = "b@person.example" }).ShouldBe(["email"]);
        Corrections.Between(Known, Known with { Phone = "+12025550124" }).ShouldBe(["phone"]);
        Corrections.Between(Known, Known with { Address = Home with { Street = ["2 Lane"] } }).ShouldBe(["address"]);
        Corrections.Between(Known, Known with { Address = Home with { PostalCode = null } }).ShouldBe(["address"]);
        Corrections.Between(Card, Card with { Expiry = "2100-01" }).ShouldBe(["paymentMethod"]);
        Corrections.Between(Card, Card with { BillingAddress = null }).ShouldBe(["billingAddress"]);
    }

    [Fact]
    public void What_cannot_be_read_any_more_may_have_been_anything()
    {
        Corrections.Between(null, new Identity("Ann")).ShouldBe(["name"]);
        Corrections.Between(null, Known).ShouldBe(["email", "phone", "address"]);
        Corrections.Between(null, Card).ShouldBe(["paymentMethod", "billingAddress"]);
        Corrections.Between(null, Card with { BillingAddress = null }).ShouldBe(["paymentMethod"], "none before, none now");
    }
}
