using System.Net;
using System.Text.RegularExpressions;
using EPerfect.Launcher;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>What an operator's Prometheus reads of every process, and what nobody else does.</summary>
public sealed partial class MetricsTests(RunningPlatform platform)
{
    private static readonly TimeSpan TwoLooks = TimeSpan.FromSeconds(30);

    /// <summary>It comes two minutes after the start, and is told at the next look.</summary>
    private static readonly TimeSpan FirstSweep = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task After_an_order_every_process_tells_what_matters_and_nothing_of_the_person()
    {
        using var customer = new TestCustomer(platform);
        await customer.LiveThroughItAsync();
        using var client = customer.NewClient();
        (await client.GetAsync($"/api/orders/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await TellsAsync("orders", "eperfect_orders_time_to_active_seconds_count", TwoLooks);
        await TellsAsync("orders", "eperfect_orders{otel_scope_name=\"EPerfect\",state=\"paid\"} ");
        await TellsAsync("orders", "eperfect_refusals_total{otel_scope_name=\"EPerfect\",code=\"not-found\",status=\"404\"}");
        await TellsAsync("gateway", "http_server_request_duration_seconds_count");
        foreach (var service in (string[])["accounts", "orders", "domains", "privacy"])
        {
            await TellsAsync(service, "eperfect_progress_lag{", TwoLooks);
            await TellsAsync(service, "eperfect_progress_age_seconds{");
            await TellsAsync(service, "eperfect_deadlines_overdue{");
            await TellsAsync(service, "eperfect_messages_waiting{");
            await TellsAsync(service, "eperfect_messages_parked{");
            await TellsAsync(service, "eperfect_messages_poisoned{");
            await TellsAsync(service, "eperfect_vault_duration_seconds_count{");
            var told = await ReadAsync(service);
            foreach (var canary in (string[])[.. customer.Canaries, customer.AccountId.ToString()]) told.ShouldNotContain(canary);
        }
    }

    [Fact]
    public async Task Whatever_alerts_and_dashboards_ask_for_is_told()
    {
        using var customer = new TestCustomer(platform);
        await customer.LiveThroughItAsync();
        using var client = customer.NewClient();
        var order = customer.OrderOf("again-" + customer.Domain);
        for (var time = 0; time < 2; time++) await client.PostWithKeyAsync("/api/orders", order, "metrics-" + customer.Domain);
        (await client.GetAsync($"/api/orders/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await TellsAsync("orders", "eperfect_orders_time_to_active_seconds_count", TwoLooks);
        await TellsAsync("privacy", "eperfect_keys_epoch_age_seconds", TwoLooks);
        await TellsAsync("orders", "eperfect_retention_age_seconds", FirstSweep);
        var monitoring = Path.Combine(Checkout.Find().Folder, "deploy", "monitoring");
        string[] files = [Path.Combine(monitoring, "alerts.yaml"), .. Directory.GetFiles(Path.Combine(monitoring, "dashboards"))];

        var asked = files.SelectMany(file => Metric().Matches(File.ReadAllText(file))).Select(found => found.Value).ToHashSet();

        // Where there is no partner nothing is told of any: see LagMeasure's own test.
        asked.RemoveWhere(name => name.StartsWith("eperfect_partner_", StringComparison.Ordinal));
        asked.Count.ShouldBeGreaterThan(10);
        var told = string.Concat(await Task.WhenAll(((string[])["gateway", .. Databases.Services]).Select(ReadAsync)));
        asked.Where(name => !told.Contains($"\n{name}{{", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task They_are_told_at_a_port_of_their_own_and_never_through_the_gateway()
    {
        using var client = new HttpClient();
        foreach (var part in (string[])["gateway", "orders"])
        {
            var answer = await client.GetAsync(
                new Uri(platform.AddressOf(part), "/metrics"), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, part);
        }
    }

    [GeneratedRegex(@"\b(?:eperfect|http|dotnet|identity|db|messaging)_\w+", RegexOptions.None, 1000)]
    private static partial Regex Metric();

    private async Task TellsAsync(string part, string what, TimeSpan? within = null) => await Until.TrueAsync(
        async () => (await ReadAsync(part)).Contains(what, StringComparison.Ordinal), $"{part} tells {what}", within);

    private async Task<string> ReadAsync(string part)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(platform.MetricsOf(part), TestContext.Current.CancellationToken);
    }
}
