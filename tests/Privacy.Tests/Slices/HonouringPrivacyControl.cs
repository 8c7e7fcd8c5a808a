using System.Net;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Slices;

public sealed class HonouringPrivacyControl(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    private readonly Guid account = Guid.CreateVersion7();

    private string Person => $"/api/privacy/people/{account}";

    private string Signal => $"{Person}/signals/global-privacy-control";

    [Fact, Control("S11")]
    public async Task However_often_it_is_said_it_is_recorded_once_with_its_source()
    {
        await privacy.Client.PutAsync($"{Person}/consents/partner-sharing", new { given = true, policySet = 1 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => privacy.Client.PutAsync(Signal, null)));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.NoContent);
        (await HistoryAsync()).ShouldBe([("partner-sharing", true, "api"), ("partner-sharing", false, "gpc")]);
    }

    [Fact]
    public async Task A_later_choice_of_the_person_stands()
    {
        await privacy.Client.PutAsync(Signal, null);
        await privacy.Client.PutAsync($"{Person}/consents/partner-sharing", new { given = true, policySet = 1 });

        await privacy.Client.PutAsync(Signal, null);

        (await HistoryAsync()).ShouldBe([("partner-sharing", false, "gpc"), ("partner-sharing", true, "api")]);
    }

    [Fact]
    public async Task It_comes_with_any_request_of_the_owner_so_any_token_of_the_owner_carries_it()
    {
        var token = privacy.Running.Issuer.Token(
            accounts: [$"{account:D}:owner"], audiences: ["orders"], scopes: ["orders:read"]);
        using var browser = privacy.Running.As(token);

        (await browser.PutAsync(Signal, null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.GetAsync($"{Person}/consents")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("technical", HttpStatusCode.Forbidden)]
    [InlineData("client", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.NotFound)]
    public async Task Nobody_else_says_it_for_the_owner(string? role, HttpStatusCode expected)
    {
        using var other = privacy.Running.As(
            privacy.Running.Issuer.Token(accounts: role is null ? [] : [$"{account:D}:{role}"]));
        using var nobody = privacy.Running.As(token: null);

        (await other.PutAsync(Signal, null)).StatusCode.ShouldBe(expected);
        (await nobody.PutAsync(Signal, null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<(string, bool, string)[]> HistoryAsync() =>
    [
        .. (await privacy.ReadAsync($"{Person}/consents"))["history"]!.AsArray().Select(choice => (
            choice!["purpose"]!.GetValue<string>(),
            choice["given"]!.GetValue<bool>(),
            choice["channel"]!.GetValue<string>())),
    ];
}
