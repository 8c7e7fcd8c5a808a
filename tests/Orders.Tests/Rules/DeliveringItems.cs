using EPerfect.Contracts.Domains;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Payment;
using EPerfect.Orders.Provisioning;
using EPerfect.Orders.Registration;
using EPerfect.Orders.Registration.Reactions;

namespace EPerfect.Orders.Tests.Rules;

public sealed class DeliveringItems
{
    private static readonly ProvisionAnswer Provisioned = new ProvisionAnswer.Provisioned("hosting_1");
    private static readonly PaymentAnswer Refunded = new PaymentAnswer.Approved("refund_1");

    private static readonly DomainRegistered Registered = new(
        "example.com", Some.AccountId, Some.OrderId, Some.DomainItem, Some.Now, Some.Now.AddYears(2), 4);

    private static readonly DomainRegistrationFailed Failed =
        new("example.com", Some.OrderId, Some.DomainItem, "domain-taken", Some.Now, 4);

    [Fact]
    public void An_order_is_active_when_its_last_item_is_delivered_whichever_that_is()
    {
        var hosted = Given.PaidOrder.Then(Provision(Given.PaidOrder));
        Provision(Given.PaidOrder).ShouldBe([new ItemDelivered(Some.HostingItem, "hosting_1", Some.Now)]);
        Register(hosted)[^1].ShouldBeOfType<OrderActivated>()
            .DeliveredItems.ShouldBe([Some.HostingItem, Some.DomainItem]);

        var named = Given.PaidOrder.Then(Register(Given.PaidOrder));
        Provision(named)[^1].ShouldBeOfType<OrderActivated>();
    }

    [Fact]
    public void When_a_domains_registration_fails_the_item_fails_and_its_refund_is_due_at_once()
    {
        var failed = Fail(Given.PaidOrder).ShouldHaveSingleItem();

        failed.ShouldBe(new ItemFailed(Some.DomainItem, "domain-taken", Some.Now));
        OrderDeadlines.Of(failed).ShouldContain(
            new ServiceDefaults.DeadlineChange.Set("refund-item", Some.Now, Some.DomainItem.ToString()));
    }

    [Fact]
    public void A_failed_item_is_paid_back_and_the_rest_of_the_order_goes_on()
    {
        var failed = Given.PaidOrder.Then(Fail(Given.PaidOrder));
        var refund = Refund(failed).ShouldHaveSingleItem();
        refund.ShouldBe(new ItemRefunded(
            Some.DomainItem, Some.AccountId, 23.90m, "USD", "domain-taken", "refund_1", Some.Now));

        var settled = failed.Then(refund);
        settled.Refunded.ShouldBe(23.90m);
        Provision(settled)[^1].ShouldBeOfType<OrderActivated>().DeliveredItems.ShouldBe([Some.HostingItem]);
    }

    [Fact]
    public void An_order_of_which_nothing_could_be_delivered_ends_when_all_is_paid_back()
    {
        var failed = Given.Paid(Some.DomainLine);
        failed = failed.Then(Fail(failed));

        Refund(failed)[^1].ShouldBe(new OrderCancelled(Some.AccountId, "nothing-delivered", Some.Now));
        OrderDeadlines.Of(Refund(failed)[^1]).ShouldNotContain(change => change is ServiceDefaults.DeadlineChange.Set);
    }

    [Fact]
    public void Hosting_that_is_refused_is_paid_back_too()
    {
        var refused = ProvisionHosting.After(
            Given.PaidOrder, Some.HostingItem, new ProvisionAnswer.Refused("hosting-refused"), Some.Now).Events;
        refused.ShouldBe([new ItemFailed(Some.HostingItem, "hosting-refused", Some.Now)]);
    }

    [Fact]
    public void A_silent_provisioner_is_asked_again_because_what_may_exist_must_not_be_paid_back()
    {
        var silence = new ProvisionAnswer.None("timeout");
        var order = Given.PaidOrder;
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            var failed = ProvisionHosting.After(order, Some.HostingItem, silence, Some.Now.AddDays(attempt)).Events
                .ShouldHaveSingleItem().ShouldBeOfType<ProvisioningAttemptFailed>();
            failed.Attempt.ShouldBe(attempt);
            (failed.RetryAt - failed.FailedAt).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(5));
            order = order.Then(failed);
        }

        Provision(order)[0].ShouldBeOfType<ItemDelivered>();
    }

    [Fact]
    public void A_refund_is_tried_until_the_money_is_back()
    {
        var failed = Given.PaidOrder.Then(Fail(Given.PaidOrder));
        PaymentAnswer[] answers = [new PaymentAnswer.None("timeout"), new PaymentAnswer.Declined("no")];
        foreach (var answer in answers)
        {
            RefundItem.After(failed, Some.DomainItem, answer, Some.Now.AddDays(90)).Events
                .ShouldHaveSingleItem().ShouldBeOfType<RefundAttemptFailed>();
        }
    }

    [Fact]
    public void The_same_answer_twice_changes_nothing()
    {
        var delivered = Given.PaidOrder.Then(Register(Given.PaidOrder));
        Register(delivered).ShouldBeEmpty();

        var failed = Given.PaidOrder.Then(Fail(Given.PaidOrder));
        Fail(failed).ShouldBeEmpty();

        var refunded = failed.Then(Refund(failed));
        Fail(refunded).ShouldBeEmpty();
        Refund(refunded).ShouldBeEmpty();

        var hosted = Given.PaidOrder.Then(Provision(Given.PaidOrder));
        Provision(hosted).ShouldBeEmpty();
    }

    [Fact]
    public void An_answer_that_contradicts_what_is_settled_is_kept_once_and_moves_no_money()
    {
        var failed = Given.PaidOrder.Then(Fail(Given.PaidOrder));
        var refunded = failed.Then(Refund(failed));

        var late = Register(refunded).ShouldHaveSingleItem();
        late.ShouldBe(new LateAnswerRecorded(Some.DomainItem, "registered", Some.Now));
        refunded.Then(late).Items.Single(i => i.Id == Some.DomainItem).State.ShouldBe(ItemState.Refunded);
        Register(refunded.Then(late)).ShouldBeEmpty();

        var delivered = Given.PaidOrder.Then(Register(Given.PaidOrder));
        Fail(delivered).ShouldBe([new LateAnswerRecorded(Some.DomainItem, "failed", Some.Now)]);
    }

    [Fact]
    public void An_answer_for_a_cancelled_order_is_kept_and_delivers_nothing()
    {
        var cancelled = Given.PlacedOrder.Then(new OrderCancelled(Some.AccountId, "customer", Some.Now));
        Register(cancelled).ShouldHaveSingleItem().ShouldBeOfType<LateAnswerRecorded>();
    }

    [Fact]
    public void An_answer_for_another_item_is_none_of_the_orders_business()
    {
        DomainRegisteredReaction.Decide(Given.PaidOrder, Registered with { ItemId = Guid.NewGuid() }, Some.Now)
            .Events.ShouldBeEmpty();
        DomainRegisteredReaction.Decide(Given.PaidOrder, Registered with { ItemId = Some.HostingItem }, Some.Now)
            .Events.ShouldBeEmpty();
    }

    [Fact]
    public void An_answer_for_an_order_that_never_was_goes_to_the_error_queue() =>
        Should.Throw<InvalidOperationException>(() => UnknownOrder.IfNull(null));

    private static IReadOnlyList<object> Provision(Order order) =>
        ProvisionHosting.After(order, Some.HostingItem, Provisioned, Some.Now).Events;

    private static IReadOnlyList<object> Register(Order order) =>
        DomainRegisteredReaction.Decide(order, Registered, Some.Now).Events;

    private static IReadOnlyList<object> Fail(Order order) =>
        DomainRegistrationFailedReaction.Decide(order, Failed, Some.Now).Events;

    private static IReadOnlyList<object> Refund(Order order) =>
        RefundItem.After(order, Some.DomainItem, Refunded, Some.Now).Events;
}
