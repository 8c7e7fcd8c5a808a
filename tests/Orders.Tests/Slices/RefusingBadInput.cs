using System.Net;
using System.Text;
using EPerfect.Testing;

namespace EPerfect.Orders.Tests.Slices;

[Collection(RunningOrders.Name)]
public sealed class RefusingBadInput(OrdersService orders)
{
    private const string Head = """
        {"accountId":"01950000-0000-7000-8000-0000000000aa","paymentMethodToken":"tok_ok",
        """;

    private const string Plan = """{"product":"perfect-1","periodMonths":12}""";

    private const string Domain = """
        {"product":"domain-com","action":"register","years":1,
         "registrantContactId":"01950000-0000-7000-8000-0000000000cc","domainName":
        """;

    private HttpClient Client => orders.Client;

    [Theory, Control("nav-order", "S5/no-card-number")]
    [InlineData(400, "malformed-request", "{")]
    [InlineData(400, "malformed-request", "[]")]
    [InlineData(400, "malformed-request", "null")]
    [InlineData(400, "malformed-request", "{}")]
    [InlineData(400, "malformed-request", Head + """ "currency":"USD"}""")]
    [InlineData(400, "malformed-request", Head + """ "currency":5,"items":[]}""")]
    [InlineData(400, "malformed-request", Head + """ "currency":null,"items":[]}""")]
    [InlineData(400, "malformed-request", Head + """ "currency":"USD","currency":"EUR","items":[]}""")]
    [InlineData(400, "malformed-request",
        Head + """ "currency":"USD","items":[{"product":"perfect-1","quantity":1.5}]}""")]
    [InlineData(400, "unknown-field", Head + """ "currency":"USD","items":[],"birthday":"1970-01-01"}""")]
    [InlineData(422, "order-empty", Head + """ "currency":"USD","items":[]}""")]
    [InlineData(400, "malformed-request", Head + """ "currency":"USD","items":[null]}""")]
    [InlineData(422, "product-unknown", Head + """ "currency":"USD","items":[{"product":"perfect-9"}]}""")]
    [InlineData(422, "tld-unknown", Head + """ "currency":"USD","items":[{"product":"domain-zz"}]}""")]
    [InlineData(422, "period-unknown",
        Head + """ "currency":"USD","items":[{"product":"perfect-1","periodMonths":7}]}""")]
    [InlineData(422, "currency-unknown", Head + """ "currency":"ZZZ","items":[""" + Plan + "]}")]
    [InlineData(422, "quantity-out-of-range",
        Head + """ "currency":"USD","items":[{"product":"perfect-1","periodMonths":1,"quantity":0}]}""")]
    [InlineData(422, "quantity-out-of-range",
        Head + """ "currency":"USD","items":[{"product":"perfect-1","periodMonths":1,"quantity":-5}]}""")]
    [InlineData(422, "domain-name-invalid", Head + """ "currency":"USD","items":[""" + Domain + "\"-.com\"}]}")]
    [InlineData(422, "tld-mismatch", Head + """ "currency":"USD","items":[""" + Domain + "\"a.org\"}]}")]
    [InlineData(422, "domain-name-repeated",
        Head + """ "currency":"USD","items":[""" + Domain + "\"a.com\"}," + Domain + "\"A.com\"}]}")]
    [InlineData(422, "card-number-refused",
        """{"accountId":"01950000-0000-7000-8000-0000000000aa","paymentMethodToken":"4111111111111111","""
            + """ "currency":"USD","items":[""" + Plan + "]}")]
    [InlineData(409, "catalogue-changed", Head + """ "currency":"USD","catalogueVersion":99,"items":[""" + Plan + "]}")]
    public async Task A_bad_order_is_refused_by_name_and_changes_nothing(int status, string code, string body)
    {
        var before = await OrderCountAsync();

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        content.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var response = await SendAsync(content);

        ((int)response.StatusCode, await response.ProblemCodeAsync()).ShouldBe((status, code));
        (await OrderCountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_field_that_cannot_be_read_is_pointed_at_and_its_value_is_not_repeated()
    {
        var response = await Client.PostWithKeyAsync(
            "/api/orders", Api.Order(Some.AccountId, "tok_ok", new { product = "perfect-1", surname = "Zweistein" }));

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldContain("surname");
        text.ShouldNotContain("Zweistein");
    }

    [Fact]
    public async Task A_post_without_an_idempotency_key_is_refused()
    {
        using var content = new StringContent(
            Head + "\"currency\":\"USD\",\"items\":[" + Plan + "]}", Encoding.UTF8, "application/json");
        var response = await SendAsync(content);
        (response.StatusCode, await response.ProblemCodeAsync())
            .ShouldBe((HttpStatusCode.BadRequest, "idempotency-key-missing"));
    }

    [Fact]
    public async Task A_body_that_is_not_json_or_too_long_is_refused()
    {
        using var text = new StringContent("hello", Encoding.UTF8, "text/plain");
        text.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        (await SendAsync(text)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);

        using var huge = new StringContent(new string(' ', 70_000), Encoding.UTF8, "application/json");
        huge.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        (await SendAsync(huge)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("/api/orders/01950000-0000-7000-8000-00000000dead", 404, "not-found")]
    [InlineData("/api/orders/01950000-0000-7000-8000-00000000dead/history", 404, "not-found")]
    [InlineData("/api/orders/0190a7c0-0000-7000-8000-00000ca7a109", 404, "not-found")]
    [InlineData("/api/orders/0190a7c0-0000-7000-8000-00000ca7a109/history", 404, "not-found")]
    [InlineData("/api/orders/not-an-id", 404, "not-found")]
    [InlineData("/api/orders/catalogue/99", 404, "not-found")]
    [InlineData("/api/orders/catalogue/0", 404, "not-found")]
    [InlineData("/api/orders", 400, "malformed-request")]
    [InlineData("/api/orders?accountId=x", 400, "malformed-request")]
    [InlineData("/api/orders?accountId=01950000-0000-7000-8000-0000000000aa&limit=0", 400, "limit-invalid")]
    [InlineData("/api/orders?accountId=01950000-0000-7000-8000-0000000000aa&limit=101", 400, "limit-invalid")]
    [InlineData("/api/orders?accountId=01950000-0000-7000-8000-0000000000aa&cursor=x", 400, "cursor-invalid")]
    public async Task A_bad_question_is_refused_by_name(string path, int status, string code)
    {
        var response = await Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        ((int)response.StatusCode, await response.ProblemCodeAsync()).ShouldBe((status, code));
    }

    [Fact]
    public async Task An_unknown_order_cannot_be_cancelled_nor_can_something_that_is_no_order()
    {
        Guid[] others = [Guid.NewGuid(), Catalog.Catalogue.StreamId, await orders.Service.OpenAccountAsync()];
        foreach (var id in others)
        {
            var response = await Client.PostWithKeyAsync($"/api/orders/{id}/cancellation", null);
            (response.StatusCode, await response.ProblemCodeAsync()).ShouldBe((HttpStatusCode.NotFound, "not-found"));
        }
    }

    [Fact]
    public async Task An_active_order_cannot_be_cancelled()
    {
        var id = await Client.PlaceAsync(await orders.Service.OpenAccountAsync(), "tok_ok", Api.Hosting());
        await Client.BecomesAsync(id, "active");

        var response = await Client.PostWithKeyAsync($"/api/orders/{id}/cancellation", null);

        (response.StatusCode, await response.ProblemCodeAsync())
            .ShouldBe((HttpStatusCode.Conflict, "order-not-cancellable"));
    }

    [Fact]
    public async Task A_stale_If_Match_is_refused()
    {
        var id = await Client.PlaceAsync(await orders.Service.OpenAccountAsync(), "tok_ok", Api.Hosting());
        await Client.BecomesAsync(id, "active");

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/orders/{id}/cancellation");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Headers.Add("If-Match", "\"1\"");
        var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        (response.StatusCode, await response.ProblemCodeAsync())
            .ShouldBe((HttpStatusCode.PreconditionFailed, "stale-version"));
    }

    [Fact]
    public async Task A_closed_account_is_refused()
    {
        var account = await orders.Service.OpenAccountAsync();
        await orders.Service.CloseAccountAsync(account);

        var response = await Client.PostWithKeyAsync("/api/orders", Api.Order(account, "tok_ok", Api.Hosting()));

        (response.StatusCode, await response.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Conflict, "account-closed"));
    }

    private Task<HttpResponseMessage> SendAsync(HttpContent content) => Client.PostAsync(
        new Uri("/api/orders", UriKind.Relative), content, TestContext.Current.CancellationToken);

    private Task<long> OrderCountAsync() => orders.Service.CountAsync("store.mt_events where type = 'order_placed'");
}
