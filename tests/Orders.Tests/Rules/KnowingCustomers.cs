using EPerfect.Contracts.Accounts;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Customers.Reactions;

namespace EPerfect.Orders.Tests.Rules;

public sealed class KnowingCustomers
{
    private static readonly AccountOpened Opened = new(Some.AccountId, "reseller", 1, Some.Now, 1);
    private static readonly AccountClosed Closed = new(Some.AccountId, Some.Now.AddDays(1), 5);

    [Fact]
    public void An_opened_account_is_known_once()
    {
        var opened = AccountOpenedReaction.Decide(null, Opened).Events.ShouldHaveSingleItem();
        opened.ShouldBe(new CustomerOpened(Some.AccountId, "reseller", Some.Now));
        AccountOpenedReaction.Decide(Customer.Create((CustomerOpened)opened), Opened).Events.ShouldBeEmpty();
    }

    [Fact]
    public void An_account_stays_closed_even_if_its_opening_is_heard_of_later()
    {
        var closed = (CustomerClosed)AccountClosedReaction.Decide(null, Closed).Events.Single();
        var customer = Customer.Create(closed);
        var opened = (CustomerOpened)AccountOpenedReaction.Decide(customer, Opened).Events.Single();

        customer = customer.Apply(opened);
        customer.ShouldBe(new Customer { Id = Some.AccountId, Kind = "reseller", IsClosed = true });
        AccountClosedReaction.Decide(customer, Closed).Events.ShouldBeEmpty();
    }
}
