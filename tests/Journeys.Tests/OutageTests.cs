using System.Net;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>What a customer sees while a part is down.</summary>
public sealed class OutageTests(RunningPlatform platform)
{
    [Fact]
    public async Task A_service_that_is_down_answers_503_for_its_own_routes_only()
    {
        using var client = new HttpClient { BaseAddress = platform.Gateway };
        await platform.KillAsync("privacy");
        try
        {
            var answer = await client.GetAsync("/api/privacy/documents");

            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await answer.ProblemCodeAsync()).ShouldBe("unavailable");
            answer.Headers.RetryAfter.ShouldNotBeNull();
            (await client.GetAsync("/api/orders/catalogue")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await platform.StartAgainAsync("privacy");
        }

        await Until.TrueAsync(
            async () => (await client.GetAsync("/api/privacy/documents")).StatusCode == HttpStatusCode.OK, "Privacy is back");
    }
}
