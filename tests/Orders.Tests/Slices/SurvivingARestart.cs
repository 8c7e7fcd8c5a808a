using EPerfect.Orders.Payment;
using EPerfect.Testing;

namespace EPerfect.Orders.Tests.Slices;

public sealed class SurvivingARestart(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_goes_on_where_it_was_when_the_service_stopped()
    {
        await using var database = await postgres.CreateDatabaseAsync("orders", ct: Cancellation);
        var account = Guid.CreateVersion7();
        Guid id;
        await using (var first = await TestService.StartAsync(OrdersModule.Define(), postgres, database: database))
        {
            id = await first.Client.PlaceAsync(account, "tok_ok", Api.Hosting());
        }

        await using var second = await TestService.StartAsync(OrdersModule.Define(), postgres, database: database);
        await second.OpenAccountAsync(account);

        await second.Client.BecomesAsync(id, "active");
    }

    [Fact]
    public async Task One_step_run_by_many_at_once_happens_once()
    {
        await using var service = await TestService.StartAsync(OrdersModule.Define(), postgres);
        var account = Guid.CreateVersion7();
        var id = await service.Client.PlaceAsync(account, "tok_timeout_after_charge", Api.Hosting());
        await service.OpenAccountAsync(account);

        // The runner's own run, and twenty more that believe the deadline is theirs.
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.RunAsync<AuthorisePayment>(id)));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.RunAsync<CapturePayment>(id)));

        await service.Client.BecomesAsync(id, "active");
        var history = await service.Client.HistoryAsync(id);
        foreach (var once in new[] { "payment_authorised", "payment_capture_started", "order_paid", "order_activated" })
            history.Count(e => e == once).ShouldBe(1, once);
    }
}
