using System.Text.Json.Nodes;
using EPerfect.Orders.Payment;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Slices;

[Collection(RunningOrders.Name)]
public sealed class AnOrdersLife(OrdersService orders)
{
    private HttpClient Client => orders.Client;

    [Fact]
    public async Task Hosting_is_charged_once_provisioned_once_and_active()
    {
        var id = await Client.PlaceAsync(await orders.Service.OpenAccountAsync(), "tok_ok", Api.Hosting());

        var order = await Client.BecomesAsync(id, "active");

        order["total"]!["amount"]!.GetValue<string>().ShouldBe("63.46");
        order["payment"]!["captured"]!["amount"]!.GetValue<string>().ShouldBe("63.46");
        (await CapturesAsync(id)).ShouldBe(1);
        (await ProvisionedAsync(order)).ShouldBe(1);
        (await Client.HistoryAsync(id)).ShouldBe(
        [
            "order_placed", "payment_authorised", "payment_capture_started", "order_paid",
            "hosting_provisioning_requested", "item_delivered", "order_activated",
        ]);
    }

    [Fact]
    public async Task A_domain_waits_for_its_registration_and_then_the_order_is_active()
    {
        var account = await orders.Service.OpenAccountAsync();
        var id = await Client.PlaceAsync(account, "tok_ok", Api.Domain());
        var order = await Client.BecomesAsync(id, "paid");
        var item = order["items"]![0]!["itemId"]!.GetValue<Guid>();

        var now = DateTimeOffset.UtcNow;
        await orders.Service.AnswerAsync(new Contracts.Domains.DomainRegistered(
            "example.com", account, id, item, now, now.AddYears(2), 2));

        (await Client.BecomesAsync(id, "active"))["items"]![0]!["state"]!.GetValue<string>().ShouldBe("delivered");
    }

    [Fact]
    public async Task When_a_domains_registration_fails_the_item_is_paid_back_and_the_order_says_why()
    {
        var account = await orders.Service.OpenAccountAsync();
        var id = await Client.PlaceAsync(account, "tok_ok", Api.Hosting(), Api.Domain());
        var order = await Client.BecomesAsync(id, "paid");
        var item = order["items"]![1]!["itemId"]!.GetValue<Guid>();

        await orders.Service.AnswerAsync(new Contracts.Domains.DomainRegistrationFailed(
            "example.com", id, item, "domain-taken", DateTimeOffset.UtcNow, 2));

        order = await Client.BecomesAsync(id, "active");
        order["items"]![1]!["state"]!.GetValue<string>().ShouldBe("refunded");
        order["items"]![1]!["problem"]!.GetValue<string>().ShouldBe("domain-taken");
        order["payment"]!["refunded"]!["amount"]!.GetValue<string>().ShouldBe("23.90");
        (await orders.Service.CountAsync("payment_gateway.ledger where kind = 'Refund' and idempotency_key = $1", item))
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_registration_that_is_told_after_the_money_went_back_moves_none_and_is_there_for_people_to_see()
    {
        var (account, now) = (await orders.Service.OpenAccountAsync(), DateTimeOffset.UtcNow);
        var id = await Client.PlaceAsync(account, "tok_ok", Api.Domain());
        var item = (await Client.BecomesAsync(id, "paid"))["items"]![0]!["itemId"]!.GetValue<Guid>();
        await orders.Service.AnswerAsync(
            new Contracts.Domains.DomainRegistrationFailed("example.com", id, item, "domain-taken", now, 2));
        (await Client.BecomesAsync(id, "cancelled"))["items"]![0]!["lateAnswer"].ShouldBeNull();

        await orders.Service.AnswerAsync(
            new Contracts.Domains.DomainRegistered("example.com", account, id, item, now, now.AddYears(2), 3));

        var told = (await Client.ReadAsync(id))["items"]![0]!;
        (told["state"]!.GetValue<string>(), told["lateAnswer"]?.GetValue<string>()).ShouldBe(("refunded", "registered"));
    }

    [Theory]
    [InlineData("tok_timeout_after_charge", 1)]
    [InlineData("tok_timeout_after_authorise", 1)]
    [InlineData("tok_fail_3", 3)]
    public async Task A_gateway_that_breaks_down_is_asked_again_and_charges_once(string token, int failures)
    {
        var id = await Client.PlaceAsync(await orders.Service.OpenAccountAsync(), token, Api.Hosting());

        await Client.BecomesAsync(id, "active");

        (await CapturesAsync(id)).ShouldBe(1);
        (await Client.HistoryAsync(id)).Count(e => e == "payment_attempt_failed")
            .ShouldBe(failures * (token == "tok_fail_3" ? 2 : 1));
    }

    [Theory]
    [InlineData("fail-3-a.com", 4)]
    [InlineData("timeout-after-a.com", 2)]
    public async Task A_provisioner_that_breaks_down_is_asked_again_and_provisions_once(string domain, int calls)
    {
        var id = await Client.PlaceAsync(await orders.Service.OpenAccountAsync(), "tok_ok", Api.Hosting(domain));

        var order = await Client.BecomesAsync(id, "active");

        (await ProvisionedAsync(order)).ShouldBe(1);
        (await orders.Service.CountAsync("provisioner.calls where token = $1", ItemOf(order))).ShouldBe(calls);
    }

    [Fact]
    public async Task Hosting_that_is_refused_is_paid_back_and_an_order_of_nothing_else_ends()
    {
        var account = await orders.Service.OpenAccountAsync();
        var id = await Client.PlaceAsync(account, "tok_ok", Api.Hosting("refuse-a.com"));

        var order = await Client.BecomesAsync(id, "cancelled");

        order["cancelReason"]!.GetValue<string>().ShouldBe("nothing-delivered");
        order["payment"]!["refunded"]!["amount"]!.GetValue<string>().ShouldBe("63.46");
    }

    [Fact]
    public async Task A_declined_card_ends_the_order_and_nothing_is_charged()
    {
        var id = await Client.PlaceAsync(await orders.Service.OpenAccountAsync(), "tok_decline", Api.Hosting());

        (await Client.BecomesAsync(id, "cancelled"))["cancelReason"]!.GetValue<string>().ShouldBe("payment-declined");
        (await CapturesAsync(id)).ShouldBe(0);
    }

    [Fact]
    public async Task A_capture_that_is_declined_ends_the_order_and_lets_go_of_what_was_held_once()
    {
        var id = await Client.PlaceAsync(await orders.Service.OpenAccountAsync(), "tok_decline_capture", Api.Hosting());

        (await Client.BecomesAsync(id, "cancelled"))["cancelReason"]!.GetValue<string>().ShouldBe("payment-declined");
        await orders.Service.NothingDueAsync(id);
        await orders.Service.RunAsync<VoidAuthorisation>(id);

        (await Client.HistoryAsync(id)).ShouldBe(
        [
            "order_placed", "payment_authorised", "payment_capture_started", "payment_declined", "order_cancelled",
            "authorisation_voided",
        ]);
        (await orders.Service.CountAsync(
            "payment_gateway.calls where kind = 'Void' and idempotency_key = $1", id)).ShouldBe(1);
        var told = await (await Client.GetAsync($"/api/orders/{id}", TestContext.Current.CancellationToken)).JsonAsync();
        told["payment"]!["problem"]!.GetValue<string>().ShouldNotBeEmpty("why it was declined is told still");
    }

    [Fact]
    public async Task An_order_that_came_before_its_account_is_paid_when_the_account_is_known()
    {
        var account = Guid.CreateVersion7();
        var id = await Client.PlaceAsync(account, "tok_ok", Api.Hosting());
        await Until.TrueAsync(
            async () => (await Client.HistoryAsync(id)).Count(e => e == "payment_deferred") == 4,
            "the next look is two seconds away");

        await orders.Service.OpenAccountAsync(account);

        await Client.BecomesAsync(id, "active");
        (await Client.HistoryAsync(id)).ShouldContain("payment_resumed");
        (await orders.Service.CountAsync(
            "(select distinct split_part(headers ->> 'traceparent', '-', 2) from store.mt_events where stream_id = $1) traces",
            id)).ShouldBe(1, "what it waited for does not take it into another trace");
    }

    [Fact]
    public async Task A_cancelled_order_lets_go_of_what_was_held_and_is_never_charged()
    {
        var account = Guid.CreateVersion7();
        var id = await Client.PlaceAsync(account, "tok_ok", Api.Hosting());

        (await Client.PostWithKeyAsync($"/api/orders/{id}/cancellation", null)).EnsureSuccessStatusCode();
        await orders.Service.OpenAccountAsync(account);

        await Until.TrueAsync(
            async () => (await Client.HistoryAsync(id)).Contains("authorisation_voided"),
            "the authorisation is voided");
        (await Client.ReadAsync(id))["status"]!.GetValue<string>().ShouldBe("cancelled");
        (await CapturesAsync(id)).ShouldBe(0);
    }

    [Fact]
    public async Task An_account_that_closes_before_it_paid_has_its_order_cancelled()
    {
        var account = Guid.CreateVersion7();
        var id = await Client.PlaceAsync(account, "tok_ok", Api.Hosting());

        await orders.Service.CloseAccountAsync(account);

        (await Client.BecomesAsync(id, "cancelled"))["cancelReason"]!.GetValue<string>().ShouldBe("account-closed");
    }

    [Fact]
    public async Task A_process_killed_after_the_gateway_acted_and_before_that_was_stored_charges_once()
    {
        var account = Guid.CreateVersion7();
        var id = await Client.PlaceAsync(account, "tok_ok", Api.Hosting());
        var gateway = orders.Service.Services.GetRequiredService<IPaymentGateway>();
        var none = TestContext.Current.CancellationToken;
        var held = (PaymentAnswer.Approved)await gateway.AuthoriseAsync(id, "tok_ok", 63.46m, "USD", none);
        await gateway.CaptureAsync(id, held.Reference, 63.46m, none);

        await orders.Service.OpenAccountAsync(account);

        await Client.BecomesAsync(id, "active");
        (await CapturesAsync(id)).ShouldBe(1);
        (await orders.Service.CountAsync("payment_gateway.ledger where idempotency_key = $1", id)).ShouldBe(2);
    }

    [Fact, Control("nav-order")]
    public async Task The_token_rests_sealed_and_is_not_logged()
    {
        var token = $"tok_{Guid.NewGuid():N}";
        var id = await Client.PlaceAsync(await orders.Service.OpenAccountAsync(), token, Api.Hosting());
        await Client.BecomesAsync(id, "cancelled");

        (await orders.Service.CountAsync(
            "store.mt_events where stream_id = $1 and data::text like '%p1.billing.%'", id)).ShouldBe(1);
        (await orders.Service.CountAsync("store.mt_events where data::text like $1", $"%{token}%")).ShouldBe(0);
        (await orders.Service.CountAsync("payment_gateway.ledger where behaviour = $1", token)).ShouldBe(0);
        orders.Service.Log.Lines.ShouldNotContain(line => line.Contains(token, StringComparison.Ordinal));
    }

    private static Guid ItemOf(JsonObject order) => order["items"]![0]!["itemId"]!.GetValue<Guid>();

    private Task<long> CapturesAsync(Guid orderId) => orders.Service.CountAsync(
        "payment_gateway.ledger where kind = 'Capture' and reason is null and idempotency_key = $1", orderId);

    private Task<long> ProvisionedAsync(JsonObject order) =>
        orders.Service.CountAsync("provisioner.ledger where reason is null and token = $1", ItemOf(order));
}
