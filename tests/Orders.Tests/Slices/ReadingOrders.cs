using System.Net;
using EPerfect.Testing;

namespace EPerfect.Orders.Tests.Slices;

[Collection(RunningOrders.Name)]
public sealed class ReadingOrders(OrdersService orders)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_is_read_with_its_version_and_not_sent_again_to_who_has_it()
    {
        var id = await orders.Client.PlaceAsync(await orders.Service.OpenAccountAsync(), "tok_ok", Api.Hosting());
        await orders.Client.BecomesAsync(id, "active");
        var response = await GetAsync($"/api/orders/{id}");
        var etag = response.Headers.ETag!.Tag;

        etag.ShouldBe("\"7\"");
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/orders/{id}");
        again.Headers.Add("If-None-Match", etag);
        (await orders.Client.SendAsync(again, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task The_history_tells_who_did_what_page_by_page()
    {
        var id = await orders.Client.PlaceAsync(await orders.Service.OpenAccountAsync(), "tok_ok", Api.Hosting());
        await orders.Client.BecomesAsync(id, "active");

        var first = await (await GetAsync($"/api/orders/{id}/history?limit=5")).JsonAsync();
        var second = await (await GetAsync($"/api/orders/{id}/history?limit=5&cursor={first["next"]}")).JsonAsync();

        first["items"]!.AsArray().Count.ShouldBe(5);
        second["items"]!.AsArray().Count.ShouldBe(2);
        second["next"].ShouldBeNull();
        first["items"]![0]!["actor"]!.GetValue<string>().ShouldBe($"user/{TestService.Caller:D}");
        first["items"]![1]!["actor"]!.GetValue<string>().ShouldBe("orders/authorise-payment");
        second["items"]![1]!["version"]!.GetValue<int>().ShouldBe(7);
    }

    [Fact]
    public async Task An_accounts_orders_are_listed_newest_first_page_by_page_and_no_others()
    {
        var account = await orders.Service.OpenAccountAsync();
        await orders.Client.PlaceAsync(await orders.Service.OpenAccountAsync(), "tok_ok", Api.Hosting());
        var placed = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            placed.Insert(0, await orders.Client.PlaceAsync(account, "tok_decline", Api.Hosting()));
            await Task.Delay(2, Cancellation);
        }

        await Until.TrueAsync(async () => (await ListAsync(account, "")).Ids.Count == 5, "five orders are listed");
        var first = await ListAsync(account, "&limit=2");
        var second = await ListAsync(account, $"&limit=2&cursor={first.Next}");
        var third = await ListAsync(account, $"&limit=2&cursor={second.Next}");

        first.Ids.Concat(second.Ids).Concat(third.Ids).ShouldBe(placed);
        third.Next.ShouldBeNull();
    }

    private Task<HttpResponseMessage> GetAsync(string path) =>
        orders.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

    private async Task<(IReadOnlyList<Guid> Ids, string? Next)> ListAsync(Guid account, string page)
    {
        var list = await (await GetAsync($"/api/orders?accountId={account}{page}")).JsonAsync();
        var ids = list["items"]!.AsArray().Select(o => o!["id"]!.GetValue<Guid>());
        return ([.. ids], list["next"]?.GetValue<string>());
    }
}
