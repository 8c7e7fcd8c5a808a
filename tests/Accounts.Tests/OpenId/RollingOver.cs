using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.OpenId;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EPerfect.Accounts.Tests.OpenId;

/// <summary>Keys are replaced while everything goes on, on several instances, and outlive restarts.</summary>
public sealed class RollingOver(PostgresServer postgres)
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Instances_share_sessions_codes_and_keys()
    {
        await using var database = await postgres.CreateDatabaseAsync("accounts");
        var started = await Task.WhenAll(Provider.StartAsync(postgres, database), Provider.StartAsync(postgres, database));
        await using var one = started[0];
        await using var two = started[1];

        (await KeyIdsAsync(one)).ShouldBe(await KeyIdsAsync(two));
        var flow = new CodeFlow(one);
        var code = await flow.CodeAsync(await two.SessionOfAsync(await one.NewLoginAsync()));
        var there = new CodeFlow(two);
        var tokens = await (await there.RedeemAsync(code, ("code_verifier", flow.Verifier))).JsonAsync();
        (await one.ValidateAsync((string)tokens["access_token"]!)).IsValid.ShouldBeTrue();
        await flow.RefreshedAsync((string)tokens["refresh_token"]!);
    }

    [Fact]
    public async Task A_restart_ends_nothing()
    {
        await using var database = await postgres.CreateDatabaseAsync("accounts");
        string cookie, refresh, access;
        await using (var before = await Provider.StartAsync(postgres, database))
        {
            cookie = await before.SessionOfAsync(await before.NewLoginAsync());
            var tokens = await new CodeFlow(before).TokensAsync(cookie);
            (refresh, access) = ((string)tokens["refresh_token"]!, (string)tokens["access_token"]!);
        }

        await using var after = await Provider.StartAsync(postgres, database);
        (await after.ValidateAsync(access)).IsValid.ShouldBeTrue();
        await new CodeFlow(after).RefreshedAsync(refresh);
        await new CodeFlow(after).TokensAsync(cookie);
    }

    [Fact]
    public async Task A_new_key_is_published_before_it_signs_and_an_old_one_stays_after_it_did()
    {
        await using var database = await postgres.CreateDatabaseAsync("accounts");
        await using var one = await Provider.StartAsync(postgres, database, clock);
        await using var two = await Provider.StartAsync(postgres, database, clock);
        var first = KeyOf(await TokenAsync(one));

        clock.Advance(TokenKeySchedule.InUse - TokenKeySchedule.Ahead);
        await PublishedAsync(2, one, two);
        var token = await TokenAsync(two);
        KeyOf(token).ShouldBe(first, "the new key is published and does not sign yet");
        var session = await SessionAsync(one);
        var tokens = await new CodeFlow(one).TokensAsync(session);
        var (refresh, identity) = ((string)tokens["refresh_token"]!, (string)tokens["id_token"]!);

        clock.Advance(TokenKeySchedule.Ahead);
        await Until.TrueAsync(async () => KeyOf(await TokenAsync(one)) != first, "the first instance signs by the new key");
        await Until.TrueAsync(async () => KeyOf(await TokenAsync(two)) != first, "and the second");
        KeyOf(await TokenAsync(one)).ShouldBe(KeyOf(await TokenAsync(two)));
        (await KeyIdsAsync(one)).ShouldContain(first);
        await new CodeFlow(two).RefreshedAsync(refresh);
        KeyOf(identity).ShouldBe(first);
        (await SignOutAsync(two, session, identity)).ShouldBe("https://app.eperfect.example/");

        clock.Advance(TokenKeySchedule.Afterwards);
        await PublishedAsync(1, one, two);
        (await KeyIdsAsync(two)).ShouldNotContain(first);
    }

    [Fact]
    public async Task Who_slept_through_the_time_publishes_first_all_the_same()
    {
        await using var provider = await Provider.StartAsync(postgres, clock: clock);
        var first = KeyOf(await TokenAsync(provider));

        clock.Advance(TokenKeySchedule.InUse * 3);
        await PublishedAsync(2, provider);
        KeyOf(await TokenAsync(provider)).ShouldBe(first);
    }

    [Fact]
    public async Task No_private_key_rests_in_clear()
    {
        await using var provider = await Provider.StartAsync(postgres);
        await TokenAsync(provider);
        await using var scope = provider.Running.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();

        database.TokenKeys.Select(key => key.Wrapped).ToArray().ShouldAllBe(text => text.StartsWith("s1."));
        var ring = database.DataProtectionKeys.Select(key => key.Xml!).ToArray();
        ring.ShouldNotBeEmpty();
        ring.ShouldAllBe(xml => xml.Contains(">s1.") && !xml.Contains("<value>"));
    }

    [Fact]
    public async Task The_published_keys_are_public()
    {
        await using var provider = await Provider.StartAsync(postgres);
        var key = (await provider.KeysAsync()).ShouldHaveSingleItem();

        (key.Kty, key.Use, key.Alg, key.D, key.P).ShouldBe(("RSA", "sig", "RS256", null, null));
    }

    private static async Task PublishedAsync(int count, params Provider[] providers)
    {
        foreach (var provider in providers)
            await Until.TrueAsync(async () => (await provider.KeysAsync()).Count == count, $"{count} keys are published");
    }

    private static async Task<string[]> KeyIdsAsync(Provider provider) =>
        [.. (await provider.KeysAsync()).Select(key => key.Kid)];

    private static async Task<string> SessionAsync(Provider provider) =>
        await provider.SessionOfAsync(await provider.NewLoginAsync());

    private static async Task<string> TokenAsync(Provider provider) =>
        (string)(await new CodeFlow(provider).TokensAsync(await SessionAsync(provider)))["access_token"]!;

    /// <returns>Where the browser is sent.</returns>
    private static async Task<string?> SignOutAsync(Provider provider, string cookie, string hint)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/endsession?post_logout_redirect_uri="
            + $"https%3A%2F%2Fapp.eperfect.example%2F&id_token_hint={hint}");
        request.Headers.Add("Cookie", cookie);
        return (await provider.Http.SendAsync(request)).Headers.Location?.OriginalString;
    }

    private static string KeyOf(string token) => new JsonWebToken(token).Kid;
}
