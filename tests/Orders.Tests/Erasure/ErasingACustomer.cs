using System.Net;
using EPerfect.Contracts.Accounts;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Customers.Reactions;
using EPerfect.Orders.Erasure;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Payment;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EPerfect.Orders.Tests.Erasure;

public sealed class ErasingACustomer(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public void What_was_paid_is_kept_for_ten_years_from_the_last_payment()
    {
        OrderErasure.Keeps([]).ShouldBeEmpty();
        OrderErasure.Keeps([Some.Now, Some.Now.AddYears(2), Some.Now.AddYears(1)])
            .ShouldBe([(DataGroup.Billing, "tax-law", Some.Now.AddYears(12))]);
    }

    [Fact, Control("M11")]
    public async Task Who_paid_is_kept_for_the_tax_office_with_the_date_and_erased_when_that_has_come()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var orders = await StartAsync(clock);
        var account = Guid.CreateVersion7();
        var order = await PaidAsync(orders, account, clock.GetUtcNow());

        var erasure = await orders.OrderErasureAsync(account);
        var proof = await orders.ErasedAsync(erasure);

        var held = proof.HeldBack.ShouldHaveSingleItem();
        (held.Group, held.Ground).ShouldBe(("billing", "tax-law"));
        held.Until!.Value.Date.ShouldBe(clock.GetUtcNow().AddYears(10).Date);
        proof.Search.Readable.ShouldBeGreaterThan(0);

        // A week before the day nothing has gone, however often it is asked.
        clock.Advance(held.Until!.Value - clock.GetUtcNow() - TimeSpan.FromDays(7));
        await Until.TrueAsync(
            async () => (await orders.HappenedAsync(erasure)).Contains("erasure_unchanged"), "it is asked");
        (await OpenAsync(orders, order)).ShouldBeOfType<Opened<PaymentMethod>.Clear>();
        (await orders.RemovedByAsync(OrderErasure.TaxLaw)).ShouldBeNull();
        clock.Advance(TimeSpan.FromDays(8));
        await Until.TrueAsync(
            async () => (await orders.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 0 }, "the token is destroyed");
        await using var scope = orders.Services.CreateAsyncScope();
        var kept = await scope.ServiceProvider.GetRequiredService<Reader>().LatestAsync<Order>(order, Token);
        kept!.Captured.ShouldBe(63.46m, "what was paid stays, without who paid");
        (await OpenAsync(orders, order)).ShouldBeOfType<Opened<PaymentMethod>.Erased>();
        var last = (await orders.ErasureAsync(erasure))!.Proven!;
        last.Groups.Single(group => group.Group == "billing").Keys.ShouldBe(1);
        last.Search.Readable.ShouldBe(0);
        var removed = await orders.RemovedByAsync(OrderErasure.TaxLaw);
        (removed?.Runs, removed?.Removed).ShouldBe((1, 1L));
    }

    [Fact]
    public async Task While_the_money_may_have_been_taken_already_nothing_is_erased_that_a_payment_would_keep()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var orders = await StartAsync(clock);
        var account = Guid.CreateVersion7();
        await orders.HearAsync(
            new AccountOpenedReaction(), new AccountOpened(account, "customer", 1, clock.GetUtcNow(), 1));
        using var owner = orders.As(orders.Issuer.Owner(account));
        var placed = await owner.PostWithKeyAsync("/api/orders", Hosting(account));
        var order = (await placed.JsonAsync())["id"]!.GetValue<Guid>();
        await Until.TrueAsync(
            async () => (await orders.HappenedAsync(order)).Contains("payment_attempt_failed"), "the charge is not answered");

        var erasure = await orders.OrderErasureAsync(account);
        var held = (await orders.ErasedAsync(erasure)).HeldBack.ShouldHaveSingleItem();
        (held.Group, held.Ground).ShouldBe(("billing", "tax-law"));

        clock.Advance(TimeSpan.FromSeconds(1));
        await Until.TrueAsync(
            async () => (await orders.HappenedAsync(order)).Contains("order_paid"), "asked again, the gateway tells");
        clock.Advance(TimeSpan.FromDays(2));
        await Until.TrueAsync(
            async () => (await orders.ErasureAsync(erasure))?.Proven is { HeldBack: [{ Until: { } until }] }
                && until > clock.GetUtcNow().AddYears(9),
            "it is kept as long as what was paid");
        (await OpenAsync(orders, order)).ShouldBeOfType<Opened<PaymentMethod>.Clear>();
    }

    [Fact]
    public async Task While_orders_are_being_placed_none_is_left_half_way_and_none_comes_after()
    {
        await using var orders = await StartAsync();
        var account = Guid.CreateVersion7();
        using var owner = orders.As(orders.Issuer.Owner(account));
        using var stop = new CancellationTokenSource();
        var placing = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var codes = new List<HttpStatusCode>();
            while (!stop.IsCancellationRequested)
                codes.Add((await owner.PostWithKeyAsync("/api/orders", Hosting(account))).StatusCode);
            return codes;
        }));
        await Until.TrueAsync(async () => (await ListAsync(owner, account)).Count > 3, "orders come in");

        var proof = await orders.ErasedAsync(await orders.OrderErasureAsync(account));
        await stop.CancelAsync();

        (await placing).SelectMany(codes => codes).Distinct()
            .ShouldBeSubsetOf([HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.Gone]);
        proof.HeldBack.ShouldBeEmpty("nothing was paid");
        (proof.Search.Plaintext, proof.Search.Readable).ShouldBe((0, 0));
        var late = await owner.PostWithKeyAsync("/api/orders", Hosting(account));
        late.StatusCode.ShouldBeOneOf(HttpStatusCode.Conflict, HttpStatusCode.Gone);
    }

    private static async Task<Opened<PaymentMethod>> OpenAsync(TestService orders, Guid order)
    {
        await using var scope = orders.Services.CreateAsyncScope();
        var kept = await scope.ServiceProvider.GetRequiredService<Reader>().LatestAsync<Order>(order, Token);
        return await orders.Services.GetRequiredService<Vault>().OpenAsync(kept!.PaymentMethod, Token);
    }

    private Task<TestService> StartAsync(TimeProvider? clock = null) =>
        TestService.StartAsync(OrdersModule.Define(), postgres, clock: clock, cancellationToken: Token);

    private static object Hosting(Guid account) => new
    {
        accountId = account, currency = "USD", paymentMethodToken = "tok_timeout_after_charge",
        items = new[] { new { product = "perfect-1", periodMonths = 12, quantity = 1 } },
    };

    private static async Task<List<string>> ListAsync(HttpClient owner, Guid account)
    {
        var page = await (await owner.GetAsync($"/api/orders?accountId={account}", Token)).JsonAsync();
        return [.. page["items"]!.AsArray().Select(order => order!["id"]!.ToString())];
    }

    private static async Task<Guid> PaidAsync(TestService orders, Guid account, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7();
        var method = await orders.Services.GetRequiredService<Vault>()
            .SealAsync(account, new PaymentMethod("tok_quetzal_canary_1"), Token);
        await orders.Services.GetRequiredService<Writer>().WriteAsync(
            id,
            "test",
            (work, _) =>
            {
                work.Start<Customer>(account, new CustomerOpened(account, "customer", now));
                work.Start<Order>(
                    id,
                    Some.Placed(Some.HostingLine) with
                    {
                        OrderId = id,
                        AccountId = account,
                        PaymentMethod = method,
                        PlacedAt = now,
                    },
                    new PaymentAuthorised("held", 63.46m, now),
                    new PaymentCaptureStarted(now),
                    new OrderPaid(account, "taken", 63.46m, "USD", now),
                    new ItemDelivered(Some.HostingItem, "site", now),
                    new OrderActivated(account, [Some.HostingItem], now));
                return Task.FromResult(Decision.Nothing);
            },
            Token);
        return id;
    }
}
