using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Gateway.Tests;

public sealed class SharedAnswersTests
{
    private const string Catalogue = "/api/orders/catalogue";

    [Fact]
    public async Task What_anyone_may_have_for_a_second_is_given_again_without_asking_and_asked_for_again_after_it()
    {
        await using var orders = await SellerAsync(PublicAnswers.SharedForOneSecond);
        await using var gateway = await RunningGateway.StartAsync("orders", orders);

        var asked = await KeptAsync(gateway, orders);
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        using var later = await gateway.Stranger.GetAsync(Catalogue);

        later.Headers.Age.ShouldBeNull();
        orders.Arrivals.Count.ShouldBe(asked + 1);
    }

    [Fact]
    public async Task It_is_the_same_with_a_token_and_without()
    {
        await using var orders = await SellerAsync();
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        var asked = await KeptAsync(gateway, orders);

        (await gateway.Client.GetStringAsync(Catalogue)).ShouldBe("orders");

        orders.Arrivals.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task Each_answer_has_a_trace_and_a_balance_of_its_own_also_when_it_is_given_again()
    {
        await using var orders = await SellerAsync();
        // As services do: the trace of the question that they answered.
        orders.Headers["Trace-Id"] = "0af7651916cd43dd8448eb211c80319c";
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        await KeptAsync(gateway, orders);

        using var first = await gateway.Stranger.GetAsync(Catalogue);
        using var second = await gateway.Stranger.GetAsync(Catalogue);

        foreach (var header in new[] { "Trace-Id", "RateLimit" })
            second.Headers.GetValues(header).Single().ShouldNotBe(first.Headers.GetValues(header).Single());
        second.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task Another_address_query_or_method_is_another_question()
    {
        await using var orders = await SellerAsync();
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        var asked = await KeptAsync(gateway, orders);

        await gateway.Stranger.GetStringAsync(Catalogue + "/7");
        await gateway.Stranger.GetStringAsync(Catalogue + "?currency=EUR");
        using var head = await gateway.Stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, Catalogue));

        orders.Arrivals.Count.ShouldBe(asked + 3);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Cache-Control", "private, s-maxage=60")]
    [InlineData("Cache-Control", "public, max-age=60")]
    [InlineData("Cache-Control", "no-store")]
    [InlineData("Vary", "Accept-Language")]
    [InlineData("Set-Cookie", "who=ann")]
    public async Task What_may_not_be_shared_is_asked_for_each_time(string header, string value)
    {
        await using var orders = await SellerAsync();
        orders.Headers[header] = value;
        await using var gateway = await RunningGateway.StartAsync("orders", orders);

        await AskTwiceAsync(gateway.Stranger, Catalogue);

        orders.Arrivals.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("no-cache")]
    [InlineData("only-if-cached")]
    public async Task A_client_that_says_how_it_wants_to_be_cached_is_answered_by_the_service(string caching)
    {
        await using var orders = await SellerAsync();
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        var asked = await KeptAsync(gateway, orders);

        using var question = new HttpRequestMessage(HttpMethod.Get, Catalogue);
        question.Headers.Add("Cache-Control", caching);
        using var answer = await gateway.Stranger.SendAsync(question);

        ((int)answer.StatusCode).ShouldBe(200);
        orders.Arrivals.Count.ShouldBe(asked + 1);
    }

    [Fact]
    public async Task A_refusal_is_not_given_again()
    {
        await using var orders = await SellerAsync();
        orders.Status = 404;
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        using var refused = await gateway.Stranger.GetAsync(Catalogue);
        await StoredAsync();

        orders.Status = 200;

        (await gateway.Stranger.GetStringAsync(Catalogue)).ShouldBe("orders");
        ((int)refused.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task That_nobody_answers_is_not_given_again()
    {
        await using var gateway = await RunningGateway.StartAsync();

        await (await gateway.Stranger.GetAsync(Catalogue)).ShouldBeUnavailableAsync();
        var first = await (await gateway.Stranger.GetAsync(Catalogue)).ShouldBeProblemAsync(503, "unavailable");
        var second = await (await gateway.Stranger.GetAsync(Catalogue)).ShouldBeProblemAsync(503, "unavailable");

        second.GetProperty("traceId").GetString().ShouldNotBe(first.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task Where_the_route_does_not_say_so_nothing_is_given_again_whatever_the_service_says()
    {
        await using var orders = await SellerAsync();
        await using var gateway = await RunningGateway.StartAsync("orders", orders);

        await AskTwiceAsync(gateway.Client, "/api/orders/0199b0c4");

        orders.Arrivals.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_client_whose_copy_is_still_right_is_told_so_without_asking_the_service()
    {
        await using var orders = await SellerAsync();
        orders.Headers["ETag"] = "\"7\"";
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        var asked = await KeptAsync(gateway, orders);

        using var question = new HttpRequestMessage(HttpMethod.Get, Catalogue);
        question.Headers.Add("If-None-Match", "\"7\"");
        using var answer = await gateway.Stranger.SendAsync(question);

        ((int)answer.StatusCode).ShouldBe(304);
        orders.Arrivals.Count.ShouldBe(asked);
    }

    /// <summary>Asks until it is given again, which is a moment after the first answer has gone out.</summary>
    /// <returns>How often the service was asked until then.</returns>
    private static async Task<int> KeptAsync(RunningGateway gateway, Backend orders)
    {
        await Until.TrueAsync(
            async () =>
            {
                using var answer = await gateway.Stranger.GetAsync(Catalogue);
                return answer.Headers.Age is not null;
            },
            "the answer is given again");
        return orders.Arrivals.Count;
    }

    private static async Task AskTwiceAsync(HttpClient client, string target)
    {
        await client.GetStringAsync(target);
        await StoredAsync();
        await client.GetStringAsync(target);
    }

    /// <summary>Time enough to keep what should not be kept.</summary>
    private static Task StoredAsync() => Task.Delay(TimeSpan.FromMilliseconds(100));

    private static async Task<Backend> SellerAsync(string caching = "public, max-age=0, s-maxage=60")
    {
        var orders = await Backend.StartAsync("orders");
        orders.Headers["Cache-Control"] = caching;
        return orders;
    }
}
