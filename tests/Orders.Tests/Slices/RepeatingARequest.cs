using System.Net;
using EPerfect.Testing;

namespace EPerfect.Orders.Tests.Slices;

[Collection(RunningOrders.Name)]
public sealed class RepeatingARequest(OrdersService orders)
{
    [Fact]
    public async Task A_hundred_orders_at_once_under_one_key_are_one_order_one_charge_and_a_hundred_equal_answers()
    {
        var account = await orders.Service.OpenAccountAsync();
        var (key, body) = (Guid.NewGuid().ToString(), Api.Order(account, "tok_ok", Api.Hosting()));

        var responses = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            _ => orders.Client.PostWithKeyAsync("/api/orders", body, key)));

        var answers = await Task.WhenAll(responses.Select(AnswerAsync));
        answers.Distinct().ShouldHaveSingleItem().Status.ShouldBe(HttpStatusCode.Created);
        var id = (await responses[0].JsonAsync())["id"]!.GetValue<Guid>();
        await orders.Client.BecomesAsync(id, "active");
        (await orders.Service.CountAsync(
            "store.mt_events where data ->> 'accountId' = $1 and type = 'order_placed'", $"{account}")).ShouldBe(1);
        (await orders.Service.CountAsync("payment_gateway.ledger where kind = 'Capture' and idempotency_key = $1", id))
            .ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_for_another_order_is_refused()
    {
        var (account, key) = (await orders.Service.OpenAccountAsync(), Guid.NewGuid().ToString());
        await orders.Client.PostWithKeyAsync("/api/orders", Api.Order(account, "tok_ok", Api.Hosting()), key);

        var other = Api.Order(account, "tok_ok", Api.Domain());
        var response = await orders.Client.PostWithKeyAsync("/api/orders", other, key);

        (response.StatusCode, await response.ProblemCodeAsync())
            .ShouldBe((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"));
    }

    [Fact]
    public async Task An_order_that_was_accepted_is_answered_the_same_after_the_account_was_closed()
    {
        var (account, key) = (await orders.Service.OpenAccountAsync(), Guid.NewGuid().ToString());
        var body = Api.Order(account, "tok_ok", Api.Hosting());
        var first = await AnswerAsync(await orders.Client.PostWithKeyAsync("/api/orders", body, key));

        await orders.Service.CloseAccountAsync(account);

        (await AnswerAsync(await orders.Client.PostWithKeyAsync("/api/orders", body, key))).ShouldBe(first);
    }

    [Fact]
    public async Task A_hundred_cancellations_at_once_cancel_once()
    {
        var id = await orders.Client.PlaceAsync(Guid.CreateVersion7(), "tok_ok", Api.Hosting());

        var responses = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            _ => orders.Client.PostWithKeyAsync($"/api/orders/{id}/cancellation", null)));

        responses.ShouldAllBe(r => r.StatusCode == HttpStatusCode.NoContent);
        (await orders.Client.HistoryAsync(id)).Count(e => e == "order_cancelled").ShouldBe(1);
    }

    private static async Task<(HttpStatusCode Status, Uri? Location, string? ETag, string Body)> AnswerAsync(
        HttpResponseMessage response) =>
        (response.StatusCode, response.Headers.Location, response.Headers.ETag?.Tag,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
