using System.Diagnostics;
using System.Net;
using System.Text.Json;
using EPerfect.Testing;

namespace EPerfect.Gateway.Tests;

public sealed class HealthTests
{
    private static readonly string[] Services = ["accounts", "domains", "operations", "orders", "privacy"];

    [Fact]
    public async Task With_every_service_ready_the_gateway_is_healthy_and_ready()
    {
        await using var backend = await Backend.StartAsync("all");
        await using var gateway = await StartAsync(backend);

        (await gateway.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var health = await gateway.Client.GetAsync("/health");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        health.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var report = JsonSerializer.Deserialize<JsonElement>(await health.Content.ReadAsStringAsync());
        report.GetProperty("status").GetString().ShouldBe("Healthy");
        report.GetProperty("clusters").EnumerateObject().Select(cluster => cluster.Name).ShouldBe(Services);
    }

    [Fact]
    public async Task With_one_service_silent_the_gateway_serves_the_rest_but_is_not_ready()
    {
        await using var backend = await Backend.StartAsync("most");
        var silent = await Backend.StartAsync("silent");
        await silent.DisposeAsync();
        await using var gateway = await RunningGateway.StartAsync(
            Services.Select(service => (service, service == "orders" ? silent.Address : backend.Address)));
        await gateway.UntilAsync("orders", "d", "Unhealthy");
        await gateway.UntilAsync("accounts", "a", "Healthy");

        (await gateway.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var health = await gateway.Client.GetAsync("/health");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await health.Content.ReadAsStringAsync();
        body.ShouldStartWith("""{"status":"Degraded",""");
        body.ShouldNotContain("127.0.0.1");
    }

    [Fact]
    public async Task A_part_that_hangs_is_told_of_and_holds_up_neither_the_answer_nor_what_is_told_of_the_rest()
    {
        await using var backend = await Backend.StartAsync("most");
        await using var hanging = await Backend.StartAsync("hanging");
        hanging.Hangs = true;
        await using var gateway = await RunningGateway.StartAsync(
            Services.Select(service => (service, service == "orders" ? hanging.Address : backend.Address)));

        var took = Stopwatch.StartNew();
        (await gateway.Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
        took.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        await gateway.UntilAsync("accounts", "a", "Healthy");
        await gateway.UntilAsync("orders", "d", "Unhealthy");

        hanging.Hangs = false;
        await gateway.UntilAsync("orders", "d", "Healthy");
    }

    [Fact]
    public async Task A_part_that_serves_but_does_not_keep_up_is_degraded_and_the_gateway_stays_ready()
    {
        await using var backend = await Backend.StartAsync("most");
        await using var behind = await Backend.StartAsync("behind");
        behind.Health = "Degraded";
        await using var gateway = await RunningGateway.StartAsync(
            Services.Select(service => (service, service == "orders" ? behind.Address : backend.Address)));
        foreach (var (id, service) in "abce".Zip(Services.Except(["orders"])))
            await gateway.UntilAsync(service, $"{id}", "Healthy");

        await Until.TrueAsync(async () => (await gateway.Client.GetAsync("/health/ready")).IsSuccessStatusCode, "it is ready");
        var health = await gateway.Client.GetAsync("/health");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await health.Content.ReadAsStringAsync()).ShouldStartWith("""{"status":"Degraded",""");
        (await gateway.Client.GetStringAsync("/api/orders/1")).ShouldBe("behind");

        behind.Health = "Healthy";
        await gateway.UntilAsync("orders", "d", "Healthy");
    }

    [Fact]
    public async Task Without_what_operators_see_the_gateway_is_ready_all_the_same()
    {
        await using var backend = await Backend.StartAsync("most");
        await using var gateway = await RunningGateway.StartAsync(
            Services.Where(service => service != "operations").Select(service => (service, backend.Address)));

        (await gateway.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task With_nothing_to_serve_the_gateway_lives_but_is_not_healthy()
    {
        await using var gateway = await RunningGateway.StartAsync();

        (await gateway.Client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await gateway.Client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Health_can_be_asked_for_without_its_content()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var head = new HttpRequestMessage(HttpMethod.Head, "/health/live");

        (await gateway.Client.SendAsync(head)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<RunningGateway> StartAsync(Backend backend)
    {
        var gateway = await RunningGateway.StartAsync(Services.Select(service => (service, backend.Address)));
        var destinations = Services.Select((service, index) => (service, Id: ((char)('a' + index)).ToString()));
        foreach (var (service, id) in destinations) await gateway.UntilAsync(service, id, "Healthy");
        return gateway;
    }
}
