using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Orders.Tests.Slices;

/// <summary>The API as a client uses it.</summary>
internal static class Api
{
    public static object Hosting(params string[] hostedDomains) =>
        new { product = "perfect-1", periodMonths = 12, hostedDomains };

    public static object Domain(string name = "example.com") => new
    {
        product = "domain-com",
        action = "register",
        domainName = name,
        years = 2,
        registrantContactId = Some.ContactId,
    };

    public static object Order(Guid accountId, string token, params object[] items) =>
        new { accountId, currency = "USD", paymentMethodToken = token, items };

    public static async Task<Guid> PlaceAsync(
        this HttpClient client, Guid accountId, string token, params object[] items)
    {
        var response = await client.PostWithKeyAsync("/api/orders", Order(accountId, token, items));
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync())["id"]!.GetValue<Guid>();
    }

    public static async Task<JsonObject> ReadAsync(this HttpClient client, Guid orderId) =>
        await (await client.GetAsync(new Uri($"/api/orders/{orderId}", UriKind.Relative))).JsonAsync();

    public static async Task<JsonObject> BecomesAsync(this HttpClient client, Guid orderId, string status)
    {
        JsonObject? last = null;
        await Until.TrueAsync(
            async () => (last = await client.ReadAsync(orderId))["status"]!.GetValue<string>() == status,
            $"order {orderId} is {status}",
            TimeSpan.FromSeconds(20));
        return last!;
    }

    public static async Task<IReadOnlyList<string>> HistoryAsync(this HttpClient client, Guid orderId)
    {
        var history = new Uri($"/api/orders/{orderId}/history", UriKind.Relative);
        var page = await (await client.GetAsync(history)).JsonAsync();
        return [.. page["items"]!.AsArray().Select(e => e!["event"]!.GetValue<string>())];
    }
}
