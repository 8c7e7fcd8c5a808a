using EPerfect.Orders.Ordering;

namespace EPerfect.Orders.Tests.Rules;

public sealed class CancellingAnOrder
{
    [Fact]
    public void An_order_that_is_not_authorised_yet_can_be_cancelled() =>
        CancelOrder.Decide(Given.PlacedOrder, Some.Now).Events
            .ShouldBe([new OrderCancelled(Some.AccountId, "customer", Some.Now)]);

    [Fact]
    public void An_order_whose_money_is_only_held_can_be_cancelled() =>
        CancelOrder.Decide(Given.AuthorisedOrder, Some.Now).Events
            .ShouldBe([new OrderCancelled(Some.AccountId, "customer", Some.Now)]);

    [Fact]
    public void From_the_start_of_the_capture_on_there_is_no_way_back() =>
        CancelOrder.Decide(Given.CapturingOrder, Some.Now).Refusal!.Code.ShouldBe("order-not-cancellable");

    [Fact]
    public void A_paid_or_active_order_is_not_cancelled()
    {
        var active = Given.PaidOrder.Then(new OrderActivated(Some.AccountId, [], Some.Now));
        CancelOrder.Decide(Given.PaidOrder, Some.Now).Refusal!.Status.ShouldBe(409);
        CancelOrder.Decide(active, Some.Now).Refusal!.Status.ShouldBe(409);
    }

    [Fact]
    public void Cancelling_twice_is_cancelling_once()
    {
        var cancelled = Given.PlacedOrder.Then(new OrderCancelled(Some.AccountId, "customer", Some.Now));
        var again = CancelOrder.Decide(cancelled, Some.Now);
        again.Refusal.ShouldBeNull();
        again.Events.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_that_ended_for_another_reason_is_not_the_customers_to_cancel()
    {
        var declined = Given.PlacedOrder.Then(new OrderCancelled(Some.AccountId, "payment-declined", Some.Now));
        CancelOrder.Decide(declined, Some.Now).Refusal!.Code.ShouldBe("order-not-cancellable");
    }
}
