using EPerfect.Orders.Ordering;
using JasperFx.Events;
using C = EPerfect.Contracts.Orders;

namespace EPerfect.Orders.Tests.Rules;

public sealed class TellingOthers
{
    [Fact]
    public void A_placed_order_is_told_with_its_lines_and_version() =>
        Told(Some.Placed(Some.HostingLine, Some.DomainLine)).ShouldBeOfType<C.OrderPlaced>().ShouldSatisfyAllConditions(
            x => x.OrderId.ShouldBe(Some.OrderId),
            x => x.StreamVersion.ShouldBe(3),
            x => x.Total.ShouldBe(87.36m),
            x => x.Items.ShouldBe(
            [
                new(Some.HostingItem, "perfect-1", "hosting", 63.46m),
                new(Some.DomainItem, "domain-com", "domain", 23.90m),
            ]));

    [Fact]
    public void Domains_is_asked_for_a_name_with_all_that_it_needs() =>
        Told(new DomainRegistrationRequested(Some.DomainItem, Some.AccountId, Some.DomainLine.Domain!, Some.Now))
            .ShouldBeOfType<C.DomainRegistrationRequested>().ShouldSatisfyAllConditions(
                x => (x.OrderId, x.ItemId, x.AccountId).ShouldBe((Some.OrderId, Some.DomainItem, Some.AccountId)),
                x => (x.DomainName, x.Years, x.RegistrantContactId).ShouldBe(("example.com", 2, Some.ContactId)));

    [Fact]
    public void The_end_of_an_order_is_told_whichever_it_is()
    {
        Told(new OrderPaid(Some.AccountId, "c", 5m, "USD", Some.Now)).ShouldBe(
            new C.OrderPaid(Some.OrderId, Some.AccountId, "USD", 5m, Some.Now, 3));
        Told(new OrderActivated(Some.AccountId, [Some.HostingItem], Some.Now)).ShouldBeOfType<C.OrderActivated>()
            .DeliveredItems.ShouldBe([Some.HostingItem]);
        Told(new OrderCancelled(Some.AccountId, "customer", Some.Now)).ShouldBe(
            new C.OrderCancelled(Some.OrderId, Some.AccountId, "customer", Some.Now, 3));
        Told(new ItemRefunded(Some.DomainItem, Some.AccountId, 2m, "USD", "domain-taken", "r", Some.Now)).ShouldBe(
            new C.OrderItemRefunded(
                Some.OrderId, Some.DomainItem, Some.AccountId, "USD", 2m, "domain-taken", Some.Now, 3));
    }

    [Fact]
    public void How_a_payment_goes_is_nobody_elses_business()
    {
        Told(new PaymentAuthorised("held", 5m, Some.Now)).ShouldBeNull();
        Told(new PaymentCaptureStarted(Some.Now)).ShouldBeNull();
    }

    private static object? Told<T>(T happened)
        where T : notnull => Outbound.Map(new Event<T>(happened) { StreamId = Some.OrderId, Version = 3 });
}
