using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using EPerfect.Operations.Stories;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Operations.Tests;

public sealed class TellingTheStory(PostgresServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_s_story_says_what_happened_by_whom_and_because_of_what()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var domains = await TestService.StartAsync(StandIn.Nothing("domains"), postgres);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer, ("orders", orders.Client.BaseAddress!), ("domains", domains.Client.BaseAddress!));
        var id = await PlaceAsync(orders);

        var story = await UntilPaidAsync(operations, id);

        story.Complete.ShouldBeTrue();
        story.NotAnswered.ShouldBeEmpty();
        story.Entries.Select(entry => entry.Event).ShouldBe(["order_placed", "order_paid"]);
        story.Entries[0].Who.ShouldBe(new Who("user", TestService.Caller.ToString("D"), "owner"));
        story.Entries[0].CausedBy.ShouldBeNull();
        story.Entries[1].Who.ShouldBe(new Who("service", "orders/pay", Role: null));
        story.Entries[1].CausedBy.ShouldBe(story.Entries[0].Id);
        story.Entries.ShouldAllBe(entry => entry.TraceId == entry.CorrelationId);
    }

    [Fact]
    public async Task A_service_that_is_away_is_named_and_the_others_tell_their_part()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer, ("orders", orders.Client.BaseAddress!), ("domains", StandIn.Nowhere()));
        var id = await PlaceAsync(orders);

        var story = await UntilPaidAsync(operations, id);

        story.Complete.ShouldBeFalse();
        story.NotAnswered.ShouldHaveSingleItem().ShouldBe(new("domains", "no-answer"));
    }

    [Fact]
    public async Task A_service_that_hangs_holds_nobody_up_for_long()
    {
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start();
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer, ("orders", orders.Client.BaseAddress!), ("domains", new Uri($"http://{hanging.LocalEndpoint}")));
        var id = await PlaceAsync(orders);
        using var staff = operations.Operator();
        var watch = Stopwatch.StartNew();

        var story = await staff.GetFromJsonAsync<Story>($"/api/operations/orders/{id}/story", Token);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
        story!.NotAnswered.ShouldHaveSingleItem().Service.ShouldBe("domains");
    }

    [Fact]
    public async Task Of_two_instances_one_that_is_killed_is_not_missed()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer, ("orders", StandIn.Nowhere()), ("orders", orders.Client.BaseAddress!));
        var id = await PlaceAsync(orders);

        (await UntilPaidAsync(operations, id)).Complete.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_the_service_whose_order_it_is_nobody_knows_whether_there_is_one()
    {
        await using var issuer = await TestIssuer.StartAsync(cancellationToken: Token);
        await using var operations = await OperationsOver.StartAsync(issuer, ("orders", StandIn.Nowhere()));
        using var staff = operations.Operator();

        var answer = await staff.GetAsync($"/api/operations/orders/{Guid.NewGuid()}/story", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.ProblemCodeAsync()).ShouldBe("unavailable");
    }

    [Fact]
    public async Task What_there_is_not_has_no_story_and_neither_has_a_thing_of_another_kind()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        var customer = Guid.CreateVersion7();
        await orders.Services.GetRequiredService<Writer>().ChangeAsync<Customer>(
            customer, "test", _ => Decision.Of(new CustomerOpened(customer)), Token);
        using var staff = operations.Operator();

        foreach (var id in new[] { customer, Guid.NewGuid() })
        {
            var answer = await staff.GetAsync($"/api/operations/orders/{id}/story", Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await answer.ProblemCodeAsync()).ShouldBe("not-found");
        }
    }

    [Fact]
    public async Task Who_is_no_operator_is_told_nothing_and_the_service_itself_judges_the_token()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        var id = await PlaceAsync(orders);

        (await StatusAsync(operations, id, token: null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(operations, id, operations.Issuer.Token(staff: ["support", "legal"])))
            .ShouldBe(HttpStatusCode.Forbidden);
        // A right token of an operator, but for another service.
        (await StatusAsync(operations, id, operations.Issuer.Token(staff: ["operator"], audiences: ["domains"])))
            .ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpStatusCode> StatusAsync(OperationsOver operations, Guid id, string? token)
    {
        using var client = operations.As(token);
        return (await client.GetAsync($"/api/operations/orders/{id}/story", Token)).StatusCode;
    }

    private static async Task<Guid> PlaceAsync(TestService orders)
    {
        var answer = await orders.Client.PostWithKeyAsync("/api/orders", new { accountId = Guid.CreateVersion7(), text = "" });
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    private static async Task<Story> UntilPaidAsync(OperationsOver operations, Guid id)
    {
        using var staff = operations.Operator();
        return await Until.SomeAsync(
            async () => await staff.GetFromJsonAsync<Story>($"/api/operations/orders/{id}/story", Token) is { } story
                && story.Entries.Count == 2 ? story : null,
            "the order is paid");
    }
}
