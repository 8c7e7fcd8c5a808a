using EPerfect.Contracts.Accounts;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Customers.Reactions;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Payment;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Slices;

/// <summary>Orders that came before their account, when the account is heard of.</summary>
[Collection(RunningOrders.Name)]
public sealed class WakingOrders(OrdersService orders)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestService Service => orders.Service;

    private Writer Writer => Service.Services.GetRequiredService<Writer>();

    [Fact]
    public async Task The_news_of_an_account_is_one_write_however_many_orders_wait_for_it()
    {
        var account = Guid.CreateVersion7();
        await WaitAsync(account, count: 3);
        var written = new List<object>();

        await Writer.WriteAsync(
            account,
            "test",
            async (work, token) =>
            {
                var opened = new AccountOpened(account, "customer", 1, DateTimeOffset.UtcNow, 1);
                await new AccountOpenedReaction().ReactAsync(work, opened, token);
                written.AddRange(work.Session.PendingChanges.Streams().SelectMany(stream => stream.Events).Select(e => e.Data));
                return Decision.Nothing;
            },
            Cancellation);

        written.ShouldHaveSingleItem().ShouldBeOfType<CustomerOpened>();
    }

    [Fact]
    public async Task More_orders_than_a_page_all_go_on_each_woken_once()
    {
        const int Count = (2 * WakeOrders.PageSize) + 1;
        var account = Guid.CreateVersion7();
        await WaitAsync(account, Count);

        await Service.OpenAccountAsync(account);

        await Until.TrueAsync(async () => await ListedAsync(account, OrderStatus.Active) == Count, "all are active");
        (await Service.CountAsync(
            "store.mt_events where type = 'payment_resumed' and stream_id in "
            + "(select id from store.mt_doc_ordersummary where (data ->> 'accountId')::uuid = $1)",
            account)).ShouldBe(Count);
        await Service.NothingDueAsync(account);
        (await Service.CountAsync("store.mt_events where stream_id = $1 and type = 'orders_woken'", account)).ShouldBe(1);
    }

    [Fact]
    public async Task An_order_that_cannot_be_read_keeps_none_of_the_others_asleep()
    {
        const int Count = (2 * WakeOrders.PageSize) + 1;
        var account = Guid.CreateVersion7();
        var broken = (await WaitAsync(account, Count))[0];
        await Service.ExecuteAsync(
            "update store.mt_events set data = jsonb_build_array(data) where version = 1 and stream_id = $1", broken);

        await Service.OpenAccountAsync(account);

        await Until.TrueAsync(async () => await ListedAsync(account, OrderStatus.Active) == Count - 1, "all others are active");
        await Until.TrueAsync(
            async () => await Service.CountAsync("store.deadlines where stream_id = $1 and failures > 0", account) == 1,
            "an operator sees that it fails");
        await Service.ExecuteAsync(
            "update store.mt_events set data = data -> 0 where version = 1 and stream_id = $1", broken);
        await Service.ExecuteAsync("update store.deadlines set claimed_until = null where stream_id = $1", account);
        await Until.TrueAsync(async () => await ListedAsync(account, OrderStatus.Active) == Count, "once mended, so is that one");
    }

    [Fact]
    public async Task Who_cancels_while_the_news_comes_leaves_nothing_that_is_due()
    {
        var account = Guid.CreateVersion7();
        var id = (await WaitAsync(account, count: 1)).ShouldHaveSingleItem();
        var gate = new TaskCompletionSource();
        var before = Writer.WriteAsync(
            Guid.NewGuid(),
            "test",
            async (_, _) =>
            {
                await gate.Task;
                return Decision.Nothing;
            },
            Cancellation);
        var cancelled = Service.Client.PostWithKeyAsync($"/api/orders/{id}/cancellation", null);
        await Task.Delay(300, Cancellation);
        var heard = Service.OpenAccountAsync(account);
        await Task.Delay(100, Cancellation);
        gate.SetResult();
        await Task.WhenAll(before, cancelled, heard);

        (await cancelled).EnsureSuccessStatusCode();
        foreach (var stream in new[] { id, account }) await Service.NothingDueAsync(stream);
        (await orders.Client.HistoryAsync(id)).ShouldBe(
            ["order_placed", "payment_deferred", "order_cancelled", "authorisation_voided"]);
    }

    /// <summary>They look again by themselves in an hour.</summary>
    private async Task<IReadOnlyList<Guid>> WaitAsync(Guid account, int count)
    {
        var now = DateTimeOffset.UtcNow;
        var method = await Service.Services.GetRequiredService<Vault>()
            .SealAsync(account, new PaymentMethod("tok_ok"), Cancellation);
        Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];
        await Writer.WriteAsync(
            account,
            "test",
            (work, _) =>
            {
                foreach (var id in ids)
                {
                    work.Start<Order>(
                        id,
                        Some.Placed(Some.HostingLine with { ItemId = Guid.CreateVersion7() }) with
                        {
                            OrderId = id,
                            AccountId = account,
                            PaymentMethod = method,
                            PlacedAt = now,
                        },
                        new PaymentDeferred("account-unknown", now.AddHours(1), now));
                }

                return Task.FromResult(Decision.Nothing);
            },
            Cancellation);
        Service.Own(account);
        await Until.TrueAsync(async () => await ListedAsync(account, OrderStatus.Placed) == count, "all are listed");
        return ids;
    }

    private Task<long> ListedAsync(Guid account, OrderStatus status) => Service.CountAsync(
        "store.mt_doc_ordersummary where (data ->> 'accountId')::uuid = $1 and data ->> 'status' = $2",
        account,
        status.ToString());
}
