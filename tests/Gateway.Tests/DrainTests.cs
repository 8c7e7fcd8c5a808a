using System.Collections.Concurrent;
using System.Net;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EPerfect.Gateway.Tests;

/// <summary>Who is told to stop goes on until nobody sends anything any more. What a signal to terminate does, and nothing
/// else, is done here by <c>StopApplication</c>.</summary>
public sealed class DrainTests(PostgresServer postgres)
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Given_requests_all_the_time_When_an_instance_is_told_to_stop_Then_none_is_refused()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var staying = await StartAsync(issuer);
        await using var leaving = await StartAsync(issuer, staying.Database);
        await using var gateway = await RunningGateway.StartAsync(
            [("orders", staying.Client.BaseAddress!), ("orders", leaving.Client.BaseAddress!)],
            ["--RateLimits:Unlimited:0=127.0.0.0/8"],
            issuer: issuer);
        await gateway.UntilAsync("orders", "a", "Healthy");
        await gateway.UntilAsync("orders", "b", "Healthy");

        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => AskAsync(gateway, enough.Token)).ToList();
        leaving.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var past = new HttpClient { BaseAddress = leaving.Client.BaseAddress };
        var ready = await past.GetAsync("/health/ready");
        var late = await past.GetAsync("/api/orders/1");
        await leaving.DisposeAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await enough.CancelAsync();

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answers = (await Task.WhenAll(load)).SelectMany(each => each).ToList();
        answers.Count.ShouldBeGreaterThan(100);
        answers.ShouldAllBe(status => status == 200);
        gateway.Log.Lines.ShouldNotContain(line => line.Contains("did not answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gateway_that_is_told_to_stop_says_so_and_serves_until_others_have_heard()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync([("orders", orders.Address)], [$"--Drain={Drain}"]);
        await gateway.UntilAsync("orders", "a", "Healthy");

        var stopping = gateway.StopAsync();

        await Until.TrueAsync(
            async () => (int)(await gateway.Stranger.GetAsync("/health/ready")).StatusCode == 503, "not ready");
        (await gateway.Stranger.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, "load balancers");
        (await gateway.Client.GetStringAsync("/api/orders/1")).ShouldBe("orders");
        stopping.IsCompleted.ShouldBeFalse();
        await stopping;
        await Should.ThrowAsync<HttpRequestException>(() => gateway.Client.GetStringAsync("/api/orders/1"));
    }

    private Task<TestService> StartAsync(TestIssuer issuer, TestDatabase? database = null) => TestService.StartAsync(
        new ServiceDefinition("orders").Retains<NothingToSweep>(RetentionRules.ClosedAccount).Endpoints(app =>
        {
            app.MapGet("/api/orders/{id}", () => Results.Text("read")).Allow(Access.Anyone);
            app.MapPut("/api/orders/{id}", () => Results.Text("changed")).Allow(Access.Anyone);
        }),
        postgres,
        database: database,
        configure: builder => builder.Configuration["Drain"] = Drain.ToString(),
        issuer: issuer);

    private static async Task<IReadOnlyCollection<int>> AskAsync(RunningGateway gateway, CancellationToken enough)
    {
        var answers = new ConcurrentQueue<int>();
        while (!enough.IsCancellationRequested)
        {
            answers.Enqueue((int)(await gateway.Client.GetAsync("/api/orders/1", CancellationToken.None)).StatusCode);
            using var change = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            answers.Enqueue(
                (int)(await gateway.Client.PutAsync("/api/orders/1", change, CancellationToken.None)).StatusCode);
        }

        return answers;
    }
}
