using System.Net;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>Two customers, each with everything a customer has: neither sees anything of the other.</summary>
public sealed class OnlyOnesOwnTests(RunningPlatform platform)
{
    [Fact]
    public async Task What_is_anothers_is_answered_like_what_is_not_there()
    {
        using var ann = new TestCustomer(platform);
        using var bob = new TestCustomer(platform);
        await ann.OpenAccountAsync();
        await bob.OpenAccountAsync();
        await ann.StoreContactAsync();
        var order = await ann.OrderAsync();
        using var hers = ann.NewClient();
        using var his = bob.NewClient();
        var nobody = Guid.CreateVersion7();

        foreach (var path in (string[])
        [
            "/api/orders/{0}", "/api/orders?accountId={1}", "/api/accounts/{1}", "/api/accounts/{1}/history",
            "/api/accounts/{1}/members", "/api/domains/contacts/{2}", "/api/domains?accountId={1}",
            "/api/privacy/people/{1}/consents", "/api/privacy/people/{1}/acknowledgements",
        ])
        {
            var existing = string.Format(null, path, order, ann.AccountId, ann.ContactId);
            (await hers.GetAsync(existing)).StatusCode.ShouldBe(HttpStatusCode.OK, existing);

            var foreign = await AnswerAsync(his, existing);
            foreign.ShouldBe(await AnswerAsync(his, string.Format(null, path, nobody, nobody, nobody)), existing);
            foreign.ShouldStartWith("404");
        }
    }

    [Fact]
    public async Task Nothing_can_be_done_to_what_is_anothers()
    {
        using var ann = new TestCustomer(platform);
        using var bob = new TestCustomer(platform);
        await ann.OpenAccountAsync();
        await bob.OpenAccountAsync();
        using var his = bob.NewClient();

        var order = await his.PostWithKeyAsync("/api/orders", ann.OrderOf(ann.Domain));
        var close = await his.PostWithKeyAsync($"/api/accounts/{ann.AccountId}/close", new { });
        order.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        close.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ann.ReadAsync($"/api/accounts/{ann.AccountId}"))["status"]!.GetValue<string>().ShouldBe("open");
    }

    private static async Task<string> AnswerAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        var body = await answer.JsonAsync();
        body.Remove("traceId").ShouldBeTrue();
        return $"{(int)answer.StatusCode} {body.ToJsonString()}";
    }
}
