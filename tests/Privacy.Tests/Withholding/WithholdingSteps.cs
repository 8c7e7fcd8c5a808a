using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Withholding;

/// <summary>What our lawyers do, over HTTP.</summary>
internal static class WithholdingSteps
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static object Order(
        DateTimeOffset until, string ground = "court-order", string openings = "case:4711", string statement = "written",
        string reference = "AG-7/2026") => new { openingGround = openings, ground, reference, statement, until };

    public static HttpClient Lawyer(this TestService privacy, string role = "legal", Guid? person = null) => privacy.As(
        privacy.Issuer.Token($"{person ?? Guid.CreateVersion7():D}", staff: [role], expires: TimeSpan.FromDays(30)));

    /// <summary>Somebody of whom Privacy knows.</summary>
    public static Task<Decision> KnownAsync(this TestService privacy, Guid person) =>
        privacy.Services.GetRequiredService<Writer>().ChangeAsync<Person>(
            person,
            "test",
            known => known is not null
                ? Decision.Nothing
                : Decision.Of(new PolicySetAcknowledged(
                    1, [new SetMember("privacy-policy", 1, "-")], Channels.Api, DateTimeOffset.UtcNow)),
            Token);

    /// <summary>Ordered by one, approved by another.</summary>
    public static async Task<string> WithholdAsync(TestService privacy, Guid person, DateTimeOffset until)
    {
        await privacy.KnownAsync(person);
        using var lawyer = privacy.Lawyer();
        var ordered = await lawyer.PostWithKeyAsync($"/api/privacy/people/{person}/withholdings", Order(until));
        ((int)ordered.StatusCode).ShouldBe(201, await ordered.Content.ReadAsStringAsync(Token));
        var path = ordered.Headers.Location!.OriginalString;
        using var second = privacy.Lawyer("privacy-officer");
        var approved = await second.PostWithKeyAsync($"{path}/approval", new { });
        ((int)approved.StatusCode).ShouldBe(204, await approved.Content.ReadAsStringAsync(Token));
        return path;
    }

    public static async Task LiftAsync(TestService privacy, string withholding)
    {
        using var lawyer = privacy.Lawyer();
        (await lawyer.PostWithKeyAsync($"{withholding}/lifting", new { })).EnsureSuccessStatusCode();
    }
}
