using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Payment;
using EPerfect.PersonalData;

namespace EPerfect.Orders.Tests.Rules;

public sealed class PayingAnOrder
{
    private static readonly Opened<PaymentMethod> Clear = new Opened<PaymentMethod>.Clear(new("tok_ok"));
    private static readonly PaymentAnswer Approved = new PaymentAnswer.Approved("reference");
    private static readonly PaymentAnswer Declined = new PaymentAnswer.Declined("card-declined");
    private static readonly PaymentAnswer Silence = new PaymentAnswer.None("timeout");

    [Fact]
    public void A_known_account_with_a_readable_token_can_be_charged() =>
        Before(Given.PlacedOrder, Some.Customer, Clear).ShouldBeEmpty();

    [Fact]
    public void Payment_waits_for_an_account_that_is_not_known_yet_a_little_longer_each_time()
    {
        var first = Before(Given.PlacedOrder, null, Clear).ShouldHaveSingleItem().ShouldBeOfType<PaymentDeferred>();
        first.Reason.ShouldBe("account-unknown");
        (first.RetryAt - Some.Now).ShouldBe(TimeSpan.FromMilliseconds(250));

        var second = Before(Given.PlacedOrder.Then(first), null, Clear)
            .ShouldHaveSingleItem().ShouldBeOfType<PaymentDeferred>();
        (second.RetryAt - Some.Now).ShouldBe(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public void News_of_the_account_wakes_a_deferred_payment_at_once_and_no_other()
    {
        var deferred = Given.PlacedOrder.Then(new PaymentDeferred("account-unknown", Some.Now.AddHours(1), Some.Now));
        var resumed = WakeOrders.Wake(deferred, Some.Now).Events.ShouldHaveSingleItem();
        resumed.ShouldBe(new PaymentResumed(Some.Now));
        OrderDeadlines.Of(resumed).ShouldBe([new ServiceDefaults.DeadlineChange.Set("authorise-payment", Some.Now)]);

        WakeOrders.Wake(deferred.Then(resumed), Some.Now).Events.ShouldBeEmpty();
        var away = Given.PlacedOrder.Then(
            new PaymentAttemptFailed(PaymentStep.Authorise, 1, "timeout", Some.Now.AddMinutes(5), Some.Now));
        foreach (var order in new[] { null, Given.PlacedOrder, away, Given.AuthorisedOrder, Given.PaidOrder })
            WakeOrders.Wake(order, Some.Now).Events.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_without_an_account_ends_when_it_was_looked_for_during_a_day()
    {
        var (order, now) = (Given.PlacedOrder, Some.Now);
        while (AuthorisePayment.Before(order, null, Clear, now).Events is [PaymentDeferred deferred])
            (order, now) = (order.Then(deferred), deferred.RetryAt);

        AuthorisePayment.Before(order, null, Clear, now).Events
            .ShouldBe([new OrderCancelled(Some.AccountId, "account-unknown", now)]);
        (now - Some.Now).ShouldBeInRange(TimeSpan.FromHours(24), TimeSpan.FromHours(25));
    }

    [Fact]
    public void Days_in_which_nobody_asked_are_no_days_of_silence()
    {
        // The charge was stopped, or the service was away: what it waits for may be the next message.
        var later = Some.Now.AddDays(3);
        var deferred = Given.PlacedOrder.Then(new PaymentDeferred("account-unknown", Some.Now.AddHours(1), Some.Now));
        var silent = Given.PlacedOrder.Then(
            new PaymentAttemptFailed(PaymentStep.Authorise, 1, "timeout", Some.Now.AddMinutes(5), Some.Now));

        foreach (var order in new[] { Given.PlacedOrder, deferred, silent })
        {
            AuthorisePayment.Before(order, null, Clear, later).Events.ShouldHaveSingleItem().ShouldBeOfType<PaymentDeferred>();
            AuthorisePayment.After(order, Silence, later).Events
                .ShouldHaveSingleItem().ShouldBeOfType<PaymentAttemptFailed>();
        }
    }

    [Fact]
    public void An_account_of_which_only_the_closing_was_heard_is_closed() =>
        Before(Given.PlacedOrder, new Customer { Id = Some.AccountId, IsClosed = true }, Clear)
            .ShouldBe([new OrderCancelled(Some.AccountId, "account-closed", Some.Now)]);

    [Fact]
    public void An_account_that_closes_before_the_payment_cancels_the_order()
    {
        Before(Given.PlacedOrder, Some.ClosedCustomer, Clear)
            .ShouldBe([new OrderCancelled(Some.AccountId, "account-closed", Some.Now)]);
        CapturePayment.Before(Given.AuthorisedOrder, Some.ClosedCustomer, Some.Now).Events
            .ShouldBe([new OrderCancelled(Some.AccountId, "account-closed", Some.Now)]);
    }

    [Fact]
    public void Erased_payment_data_ends_the_order()
    {
        Before(Given.PlacedOrder, Some.Customer, new Opened<PaymentMethod>.Erased())
            .ShouldBe([new OrderCancelled(Some.AccountId, "account-closed", Some.Now)]);
    }

    [Fact]
    public void An_approved_authorisation_holds_the_total() =>
        AuthorisePayment.After(Given.PlacedOrder, Approved, Some.Now).Events
            .ShouldBe([new PaymentAuthorised("reference", 87.36m, Some.Now)]);

    [Fact]
    public void A_declined_authorisation_ends_the_order() =>
        AuthorisePayment.After(Given.PlacedOrder, Declined, Some.Now).Events.ShouldBe(
        [
            new PaymentDeclined(PaymentStep.Authorise, "card-declined", Some.Now),
            new OrderCancelled(Some.AccountId, "payment-declined", Some.Now),
        ]);

    [Fact]
    public void Silence_is_recorded_with_the_time_of_the_next_try()
    {
        var order = Given.PlacedOrder;
        foreach (var expected in new[] { 250, 500, 1000, 2000 })
        {
            var failed = AuthorisePayment.After(order, Silence, Some.Now).Events
                .ShouldHaveSingleItem().ShouldBeOfType<PaymentAttemptFailed>();
            (failed.RetryAt - Some.Now).TotalMilliseconds.ShouldBe(expected);
            order = order.Then(failed);
        }

        order.Attempts.ShouldBe(4);
        order.PaymentProblem.ShouldBe("timeout");
    }

    [Fact]
    public void A_gateway_that_is_silent_for_a_day_ends_the_order_and_what_it_may_hold_is_let_go()
    {
        var (order, now) = (Given.PlacedOrder, Some.Now);
        while (AuthorisePayment.After(order, Silence, now).Events is [PaymentAttemptFailed failed])
            (order, now) = (order.Then(failed), failed.RetryAt);

        var ended = AuthorisePayment.After(order, Silence, now).Events.ShouldHaveSingleItem().ShouldBeOfType<OrderCancelled>();
        ended.Reason.ShouldBe("payment-unavailable");
        (now - Some.Now).ShouldBeInRange(TimeSpan.FromHours(24), TimeSpan.FromHours(24.1));
        OrderDeadlines.Of(ended).ShouldContain(new ServiceDefaults.DeadlineChange.Set("void-authorisation", now));
    }

    [Fact]
    public void The_intent_to_capture_is_stored_before_the_money_is_taken() =>
        CapturePayment.Before(Given.AuthorisedOrder, Some.Customer, Some.Now).Events
            .ShouldBe([new PaymentCaptureStarted(Some.Now)]);

    [Fact]
    public void A_capture_that_was_started_before_a_crash_goes_on_without_a_second_intent()
    {
        CapturePayment.Before(Given.CapturingOrder, Some.Customer, Some.Now).Events.ShouldBeEmpty();
        CapturePayment.After(Given.CapturingOrder, Approved, Some.Now).Events[0].ShouldBeOfType<OrderPaid>();
    }

    [Fact]
    public void A_started_capture_is_not_stopped_by_the_closing_of_the_account() =>
        CapturePayment.Before(Given.CapturingOrder, Some.ClosedCustomer, Some.Now).Events.ShouldBeEmpty();

    [Fact]
    public void A_paid_order_asks_for_each_of_its_items()
    {
        var events = CapturePayment.After(Given.CapturingOrder, Approved, Some.Now).Events;

        events[0].ShouldBe(new OrderPaid(Some.AccountId, "reference", 87.36m, "USD", Some.Now));
        events[1].ShouldBe(new HostingProvisioningRequested(Some.HostingItem, Some.Now));
        events[2].ShouldBe(new DomainRegistrationRequested(
            Some.DomainItem, Some.AccountId, Some.DomainLine.Domain!, Some.Now));
        events.Count.ShouldBe(3);
    }

    [Fact]
    public void A_declined_capture_ends_the_order() =>
        CapturePayment.After(Given.CapturingOrder, Declined, Some.Now).Events[^1]
            .ShouldBe(new OrderCancelled(Some.AccountId, "payment-declined", Some.Now));

    [Fact]
    public void What_was_held_is_let_go_after_a_capture_that_was_declined_and_nothing_after_a_declined_authorisation()
    {
        var capture = CapturePayment.After(Given.CapturingOrder, Declined, Some.Now);
        var authorisation = AuthorisePayment.After(Given.PlacedOrder, Declined, Some.Now);

        Due(capture).ShouldBe(["void-authorisation"]);
        Due(authorisation).ShouldBeEmpty();

        static IEnumerable<string> Due(ServiceDefaults.Decision decided) => decided.Events
            .SelectMany(OrderDeadlines.Of).OfType<ServiceDefaults.DeadlineChange.Set>().Select(set => set.Kind);
    }

    [Fact]
    public void A_capture_without_an_answer_is_asked_again_without_end_because_money_may_have_been_taken() =>
        CapturePayment.After(Given.CapturingOrder, Silence, Some.Now.AddDays(30)).Events
            .ShouldHaveSingleItem().ShouldBeOfType<PaymentAttemptFailed>();

    [Fact]
    public void An_answer_that_comes_twice_or_too_late_changes_nothing()
    {
        var cancelled = Given.PlacedOrder.Then(new OrderCancelled(Some.AccountId, "customer", Some.Now));
        foreach (var order in new[] { null, cancelled, Given.PaidOrder })
        {
            AuthorisePayment.After(order, Approved, Some.Now).Events.ShouldBeEmpty();
            CapturePayment.After(order, Approved, Some.Now).Events.ShouldBeEmpty();
        }
    }

    [Fact]
    public void What_was_held_for_a_cancelled_order_is_let_go_once()
    {
        var cancelled = Given.AuthorisedOrder.Then(new OrderCancelled(Some.AccountId, "customer", Some.Now));
        VoidAuthorisation.After(cancelled, Approved, Some.Now).Events.ShouldBe([new AuthorisationVoided(Some.Now)]);
        VoidAuthorisation.After(cancelled, Silence, Some.Now).Events
            .ShouldHaveSingleItem().ShouldBeOfType<PaymentAttemptFailed>().Step.ShouldBe(PaymentStep.Void);
        VoidAuthorisation.After(cancelled.Then(new AuthorisationVoided(Some.Now)), Approved, Some.Now)
            .Events.ShouldBeEmpty();
    }

    private static IReadOnlyList<object> Before(Order order, Customer? customer, Opened<PaymentMethod> method) =>
        AuthorisePayment.Before(order, customer, method, Some.Now).Events;
}
