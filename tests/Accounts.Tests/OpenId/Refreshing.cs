using EPerfect.Accounts.Credentials;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EPerfect.Accounts.Tests.OpenId;

/// <summary>A refresh token is replaced at each use; a used one that comes again is a stolen one.</summary>
public sealed class Refreshing(PostgresServer postgres) : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private Provider provider = null!;
    private CodeFlow flow = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await Provider.StartAsync(postgres, clock: clock);
        flow = new CodeFlow(provider);
    }

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    [Fact]
    public async Task Within_half_a_minute_two_tabs_may_use_the_same_and_later_all_of_the_sign_in_ends()
    {
        var first = await SignedInAsync();
        var second = await RefreshAsync(first);
        second.ShouldNotBe(first);
        clock.Advance(TimeSpan.FromSeconds(29));
        await RefreshAsync(first);

        clock.Advance(TimeSpan.FromSeconds(2));
        (await CodeFlow.ErrorAsync(await flow.RefreshAsync(first))).ShouldBe("invalid_grant");
        (await CodeFlow.ErrorAsync(await flow.RefreshAsync(second))).ShouldBe("invalid_grant", "the chain is dead");
    }

    [Fact]
    public async Task Two_at_once_both_go_on()
    {
        var token = await SignedInAsync();
        var answers = await Task.WhenAll(flow.RefreshAsync(token), flow.RefreshAsync(token));

        answers.ShouldAllBe(answer => answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task However_often_it_is_replaced_it_ends_thirty_days_after_the_sign_in()
    {
        var token = await SignedInAsync();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            clock.Advance(TimeSpan.FromDays(14));
            token = await RefreshAsync(token);
        }

        clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        (await CodeFlow.ErrorAsync(await flow.RefreshAsync(token))).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_code_is_good_for_a_minute()
    {
        var code = await flow.CodeAsync(await provider.SessionOfAsync(await provider.NewLoginAsync()));
        clock.Advance(TimeSpan.FromSeconds(61));

        (await CodeFlow.ErrorAsync(await flow.RedeemAsync(code))).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Another_client_cannot_use_it() => (await CodeFlow.ErrorAsync(await provider.PostAsync(
        "/connect/token", ("grant_type", "refresh_token"), ("client_id", "other"), ("refresh_token", await SignedInAsync()))))
        .ShouldBe("invalid_grant");

    [Fact]
    public async Task It_may_be_used_for_less_but_not_for_more()
    {
        var token = await SignedInAsync();
        var narrow = await (await flow.RefreshAsync(token, ("scope", "orders:read"))).JsonAsync();

        var access = new JsonWebToken((string)narrow["access_token"]!);
        access.Audiences.ShouldBe(["orders"]);
        access.GetClaim("scope").Value.ShouldBe("orders:read");
        (await CodeFlow.ErrorAsync(await flow.RefreshAsync(
            (string)narrow["refresh_token"]!, ("scope", "privacy:write")))).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Another_password_ends_every_session()
    {
        var login = await provider.NewLoginAsync();
        var cookie = await provider.SessionOfAsync(login);
        var token = (string)(await flow.TokensAsync(cookie))["refresh_token"]!;
        await provider.WithLoginAsync(login, async (users, known) =>
            (await users.ChangePasswordAsync(known, Provider.Password, "another long pass phrase")).Succeeded.ShouldBeTrue());

        (await CodeFlow.ErrorAsync(await flow.RefreshAsync(token))).ShouldBe("invalid_grant");
        (await flow.AuthorizeAsync(cookie)).Headers.Location!.OriginalString.ShouldStartWith("/identity/sign-in");
    }

    [Fact]
    public async Task Who_is_gone_refreshes_nothing()
    {
        var login = await provider.NewLoginAsync();
        var token = (string)(await flow.TokensAsync(await provider.SessionOfAsync(login)))["refresh_token"]!;
        await provider.WithLoginAsync(login, (users, known) => users.DeleteAsync(known));

        (await CodeFlow.ErrorAsync(await flow.RefreshAsync(token))).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_used_or_not()
    {
        var cookie = await provider.SessionOfAsync(await provider.NewLoginAsync());
        clock.Advance(TimeSpan.FromHours(12));

        (await flow.AuthorizeAsync(cookie)).Headers.Location!.OriginalString.ShouldStartWith("/identity/sign-in");
    }

    [Fact]
    public async Task Neither_codes_nor_tokens_rest_in_the_database()
    {
        var cookie = await provider.SessionOfAsync(await provider.NewLoginAsync());
        var code = await flow.CodeAsync(cookie);
        var tokens = await (await flow.RedeemAsync(code)).JsonAsync();
        await using var scope = provider.Running.Services.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<IdentityDatabase>().Tokens
            .Select(token => token.Payload).ToArray().Where(payload => payload is not null).ToArray();

        foreach (var secret in (string[])[code, (string)tokens["refresh_token"]!, (string)tokens["access_token"]!])
        {
            rows.ShouldNotContain(payload => payload!.Contains(secret, StringComparison.Ordinal));
            provider.Running.Log.Lines.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    private async Task<string> SignedInAsync() => (string)(await flow.TokensAsync(
        await provider.SessionOfAsync(await provider.NewLoginAsync())))["refresh_token"]!;

    private async Task<string> RefreshAsync(string token) => (string)(await flow.RefreshedAsync(token))["refresh_token"]!;
}
