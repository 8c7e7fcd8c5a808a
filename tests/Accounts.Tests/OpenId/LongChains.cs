using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Tests.Pages;
using EPerfect.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace EPerfect.Accounts.Tests.OpenId;

/// <summary>
/// A frontend that refreshes every four minutes for a month leaves ten thousand tokens of one sign-in. Elsewhere a replay
/// then revoked them one by one, for seconds.
/// </summary>
[Collection(nameof(Alone))]
public sealed class LongChains(PostgresServer postgres) : IAsyncLifetime
{
    private const int Many = 10_000;
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
    public async Task The_ten_thousandth_refresh_costs_what_the_first_did_and_a_replay_ends_all_at_once()
    {
        var cookie = await provider.SessionOfAsync(await provider.NewLoginAsync());
        var first = await RefreshTokenAsync(cookie);
        var elsewhere = await RefreshTokenAsync(cookie);
        var (second, short_) = await CountedAsync(() => RefreshAsync(first));
        var chain = await LengthenAsync();
        var before = await CountAsync(chain, status: null);

        var (third, long_) = await CountedAsync(() => RefreshAsync(second));
        long_.ShouldBeLessThanOrEqualTo(short_);
        (await CountAsync(chain, status: null) - before).ShouldBeInRange(2, 3);

        clock.Advance(TimeSpan.FromSeconds(31));
        var (error, replay) = await CountedAsync(async () => await CodeFlow.ErrorAsync(await flow.RefreshAsync(first)));
        error.ShouldBe("invalid_grant");
        replay.ShouldBeLessThan(20, "one statement for all of them");
        (await CountAsync(chain, status: null)).ShouldBeGreaterThan(Many);
        (await CountAsync(chain, Statuses.Valid)).ShouldBe(0);
        (await CodeFlow.ErrorAsync(await flow.RefreshAsync(third))).ShouldBe("invalid_grant");
        (await flow.RefreshAsync(elsewhere)).IsSuccessStatusCode.ShouldBeTrue("another sign-in is no part of it");

        clock.Advance(TimeSpan.FromDays(32));
        await Until.TrueAsync(async () => await CountAsync(chain, status: null) == 0, "all of it goes", TimeSpan.FromMinutes(1));
    }

    private async Task<string> RefreshTokenAsync(string cookie) => (string)(await flow.TokensAsync(cookie))["refresh_token"]!;

    private async Task<string> RefreshAsync(string token) => (string)(await flow.RefreshedAsync(token))["refresh_token"]!;

    /// <summary>As OpenIddict leaves them: half refresh tokens that were used, half access tokens.</summary>
    /// <returns>The authorization of the newest chain that was refreshed.</returns>
    private async Task<Guid> LengthenAsync() => await WithDatabaseAsync(async database =>
    {
        var used = await database.Tokens.Include(one => one.Authorization)
            .SingleAsync(one => one.Status == Statuses.Redeemed && one.Type == TokenTypeIdentifiers.RefreshToken);
        await database.Database.ExecuteSqlAsync($"""
            insert into identity.tokens ("Id", "ApplicationId", "AuthorizationId", "ConcurrencyToken", "CreationDate",
                "ExpirationDate", "RedemptionDate", "Status", "Subject", "Type")
            select gen_random_uuid(), "ApplicationId", "AuthorizationId", gen_random_uuid()::text, "CreationDate",
                "ExpirationDate", "RedemptionDate",
                case when number % 2 = 0 then "Status" else {Statuses.Valid} end,
                "Subject",
                case when number % 2 = 0 then "Type" else {TokenTypeIdentifiers.AccessToken} end
            from identity.tokens, generate_series(1, {Many}) as number where "Id" = {used.Id}
            """);
        return used.Authorization!.Id;
    });

    private Task<int> CountAsync(Guid chain, string? status) => WithDatabaseAsync(database => database.Tokens
        .CountAsync(one => one.Authorization!.Id == chain && (status == null || one.Status == status)));

    /// <summary>What it took, in statements: no clock of a busy machine.</summary>
    private static async Task<(T Result, int Statements)> CountedAsync<T>(Func<Task<T>> work)
    {
        using var statements = new CountedStatements();
        return (await work(), statements.Count);
    }

    private async Task<T> WithDatabaseAsync<T>(Func<IdentityDatabase, Task<T>> use)
    {
        await using var scope = provider.Running.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<IdentityDatabase>());
    }
}
