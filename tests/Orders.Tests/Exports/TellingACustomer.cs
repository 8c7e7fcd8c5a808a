using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Payment;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Exports;

/// <summary>A customer gets all that Orders holds, readable for nobody on the way.</summary>
public sealed class TellingACustomer(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly Guid account = Guid.CreateVersion7();

    [Fact]
    public async Task Every_declared_field_is_told_with_its_terms_and_nothing_of_another_customer()
    {
        await using var orders = await StartAsync();
        await OrderAsync(orders, account, "tok_quetzal_canary_1");
        await OrderAsync(orders, Guid.CreateVersion7(), "tok_stranger_canary_2");

        var told = await new Exporting(orders).TellAsync(account);

        ToldExtensions.DeclaredBy(OrdersModule.Define()).ShouldBeSubsetOf(told.Fields());
        var token = told.Of("orders.payment-method.token").ShouldHaveSingleItem();
        (token.State, token.Value!.ToString()).ShouldBe(("clear", "tok_quetzal_canary_1"));
        new[] { token.Category, token.Description, token.Purpose, token.LegalBasis, token.Retention }
            .ShouldAllBe(term => term.Length > 0);
        told.Single(one => one.Source == "order_placed").At.ShouldNotBeNull();
        told.Text().ShouldNotContain("stranger");
    }

    [Fact]
    public async Task What_rests_and_travels_holds_nothing_in_clear()
    {
        await using var orders = await StartAsync();
        await OrderAsync(orders, account, "tok_quetzal_canary_1");
        var export = new Exporting(orders);
        await export.TellAsync(account);

        (await export.PartsAsync()).ShouldAllBe(part => !part.Content.Contains("quetzal", StringComparison.Ordinal));
        orders.Log.Lines.ShouldAllBe(line => !line.Contains("quetzal", StringComparison.Ordinal));
        (await DatabaseText.TablesWithAsync(orders.Database.Admin, "quetzal", Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Taken_along_is_what_the_customer_provided_and_nothing_else()
    {
        await using var orders = await StartAsync();
        await OrderAsync(orders, account, "tok_quetzal_canary_1");

        var told = await new Exporting(orders).TellAsync(account, kind: ExportKinds.Portability);

        told.SelectMany(one => one.Data).ShouldAllBe(datum => datum.LegalBasis.StartsWith("contract", StringComparison.Ordinal));
        told.Of("chosen-services.lines").ShouldNotBeEmpty();
        told.ShouldAllBe(one => one.Facts == null);
    }

    [Fact]
    public async Task What_was_erased_is_shown_as_erased_and_what_is_restricted_is_told_all_the_same()
    {
        await using var orders = await StartAsync();
        var vault = orders.Services.GetRequiredService<Vault>();
        var other = Guid.CreateVersion7();
        await OrderAsync(orders, account, "tok_quetzal_canary_1");
        await OrderAsync(orders, other, "tok_other_canary_3");
        await vault.ShredAsync(account, DataGroup.Billing, Guid.CreateVersion7(), Token);
        await vault.RestrictAsync(other, DataGroup.Billing, order: 1, Token);

        var erased = (await new Exporting(orders).TellAsync(account)).Of("orders.payment-method.token").ShouldHaveSingleItem();
        var restricted = (await new Exporting(orders).TellAsync(other)).Of("orders.payment-method.token").ShouldHaveSingleItem();

        (erased.State, erased.Value).ShouldBe(("erased", null));
        restricted.Value!.ToString().ShouldBe("tok_other_canary_3");
    }

    [Fact]
    public async Task Of_many_orders_each_is_told_once_in_parts_that_fit_a_message()
    {
        await using var orders = await StartAsync();
        for (var i = 0; i < 300; i++) await OrderAsync(orders, account, $"tok_quetzal_{i}", opens: i == 0);
        var export = new Exporting(orders);

        var told = await export.TellAsync(account);

        told.Of("orders.payment-method.token").Select(datum => datum.Value!.ToString())
            .ShouldBe(Enumerable.Range(0, 300).Select(i => $"tok_quetzal_{i}"));
        var parts = await export.PartsAsync();
        parts.Count.ShouldBeGreaterThan(2);
        parts.ShouldAllBe(part => part.Content.Length < 400_000);
    }

    [Fact]
    public async Task Killed_after_a_part_it_goes_on_after_it_and_begins_anew_if_what_was_told_is_not_the_same_any_more()
    {
        await using var orders = await StartAsync();
        for (var i = 0; i < 3; i++) await OrderAsync(orders, account, $"tok_quetzal_{i}", opens: i == 0);
        var whole = new Exporting(orders);
        var all = await whole.TellAsync(account);
        var digest = (await whole.StateAsync())!.Last!.Digest;

        // What a process leaves that was killed after its first part: the next run finds nothing more to tell.
        var good = await AfterPartAsync(orders, all.Count, digest);
        // The same, and something that it had told was deleted since.
        var stale = await AfterPartAsync(orders, all.Count, "0000");

        (good.Attempt, good.Last!.Number, good.Last.Holdings).ShouldBe((1, 2, all.Count));
        (stale.Attempt, stale.Last!.Number, stale.Last.Holdings).ShouldBe((2, 1, all.Count));
    }

    [Fact]
    public async Task Twice_and_two_at_once_are_like_once()
    {
        await using var orders = await StartAsync();
        await OrderAsync(orders, account, "tok_quetzal_canary_1");
        var (first, second) = (new Exporting(orders), new Exporting(orders));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => first.OrderAsync(account)).Append(second.OrderAsync(account)));

        (await first.ToldAsync()).Count.ShouldBe((await second.ToldAsync()).Count);
        (await first.PartsAsync()).Count.ShouldBe(1);
    }

    private Task<TestService> StartAsync() =>
        TestService.StartAsync(OrdersModule.Define(), postgres, cancellationToken: Token);

    private async Task<PersonExport> AfterPartAsync(TestService orders, int holdings, string digest)
    {
        var export = new Exporting(orders);
        var (key, now) = (ExportCipher.NewKey().Public, DateTimeOffset.UtcNow);
        await orders.Services.GetRequiredService<Writer>().WriteAsync(
            export.Id,
            "test",
            (work, _) =>
            {
                work.Start<PersonExport>(
                    export.Id,
                    new ExportReceived(export.Id, account, LoginId: null, ExportKinds.Access, key, now),
                    new ExportBegun([account], LoginId: null, now),
                    new ExportTold(1, holdings, digest, IsLast: false, now),
                    new ExportPaused(now));
                return Task.FromResult(Decision.Nothing);
            },
            Token);
        await Until.TrueAsync(async () => (await export.StateAsync())!.IsDone, "all is told");
        return (await export.StateAsync())!;
    }

    private static async Task OrderAsync(TestService orders, Guid account, string token, bool opens = true)
    {
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow.AddMinutes(-1));
        var method = await orders.Services.GetRequiredService<Vault>().SealAsync(account, new PaymentMethod(token), Token);
        await orders.Services.GetRequiredService<Writer>().WriteAsync(
            id,
            "test",
            (work, _) =>
            {
                if (opens) work.Start<Customer>(account, new CustomerOpened(account, "customer", now));
                work.Start<Order>(
                    id,
                    Some.Placed(Some.HostingLine) with
                    {
                        OrderId = id,
                        AccountId = account,
                        PaymentMethod = method,
                        PlacedAt = now,
                    },
                    new OrderCancelled(account, "by-customer", now));
                return Task.FromResult(Decision.Nothing);
            },
            Token);
    }
}
