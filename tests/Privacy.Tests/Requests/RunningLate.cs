using System.Text.Json.Nodes;
using EPerfect.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>A clock that runs out is seen, on the test's clock.</summary>
public sealed class RunningLate(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Overdue_is_visible_and_an_extension_or_an_answer_ends_it()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);
        var account = Guid.CreateVersion7();
        using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));
        await privacy.Client.PutAsync($"/api/privacy/people/{account}/consents/direct-mail", new { given = true, policySet = 1 });
        var path = $"/api/privacy/people/{account}/requests";
        var filed = await officer.PostWithKeyAsync(path, new { kind = "access", regime = "ccpa" });
        var letter = filed.Headers.Location!.OriginalString;
        var own = (await privacy.Client.PostWithKeyAsync(path, new { kind = "access" })).Headers.Location!.OriginalString;
        (await OverdueAsync(officer)).ShouldBeEmpty();

        clock.Advance(TimeSpan.FromDays(25));
        await Until.TrueAsync(async () => (await OverdueAsync(officer)) is [("acknowledgement", _)], "the letter waits");
        (await officer.PostWithKeyAsync($"{letter}/acknowledgement", new { })).EnsureSuccessStatusCode();
        (await OverdueAsync(officer)).ShouldBeEmpty();
        (await officer.PostWithKeyAsync($"{letter}/extension", new { reason = "complexity" })).EnsureSuccessStatusCode();

        clock.Advance(TimeSpan.FromDays(25));
        await Until.TrueAsync(
            async () => (await OverdueAsync(officer)) is [("answer", var id)] && own.EndsWith(id, StringComparison.Ordinal),
            "the other is overdue, and the one that was extended is not");
        privacy.Log.Lines.ShouldContain(line => line.Contains("is overdue: answer", StringComparison.Ordinal));
        (await officer.PostWithKeyAsync($"{own}/refusal", new { ground = "no-data-held" })).EnsureSuccessStatusCode();
        (await OverdueAsync(officer)).ShouldBeEmpty();
    }

    private static async Task<List<(string, string)>> OverdueAsync(HttpClient officer)
    {
        var page = await (await officer.GetAsync("/api/privacy/requests?state=overdue", Token)).JsonAsync();
        return [.. page["items"]!.AsArray().Select(Line)];
    }

    private static (string, string) Line(JsonNode? item) =>
        (item!["overdue"]!.GetValue<string>(), item["id"]!.GetValue<string>());
}
