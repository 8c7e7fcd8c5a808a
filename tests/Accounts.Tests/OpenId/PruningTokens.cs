using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Sweeping;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace EPerfect.Accounts.Tests.OpenId;

public sealed class PruningTokens(PostgresServer postgres)
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());

    [Fact, Control("M11")]
    public async Task What_says_nothing_any_more_goes_with_a_count_and_nothing_else()
    {
        await using var provider = await Provider.StartAsync(postgres, clock: clock);
        var go = new[]
        {
            Token("access_token", age: 2, left: -2, Statuses.Valid),
            Token("refresh_token", age: 40, left: -10, Statuses.Redeemed),
            Token("authorization_code", age: 40, left: -40, Statuses.Redeemed),
            Token("refresh_token", age: 32, left: 1, Statuses.Revoked),
        };
        var stay = new[]
        {
            Token("access_token", age: 0, left: 1, Statuses.Valid),
            Token("refresh_token", age: 29, left: 1, Statuses.Valid),
            Token("refresh_token", age: 20, left: 10, Statuses.Redeemed),
        };
        var old = Authorization(age: 40);
        var recent = Authorization(age: 1);
        await using (var scope = provider.Running.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
            database.AddRange(go.Concat(stay));
            database.AddRange(old, recent);
            await database.SaveChangesAsync();
        }

        await provider.Running.Services.GetRequiredService<RetentionSweeper>().RunAsync(default);

        (await IdsAsync(provider)).ShouldBe([.. stay.Select(one => one.Id), recent.Id], ignoreOrder: true);
        (await provider.Running.RemovedByAsync(SweepAccessTokens.Rule.Rule))!.Removed.ShouldBe(1);
        (await provider.Running.RemovedByAsync(SweepSignIns.Rule.Rule))!.Removed.ShouldBe(4);
    }

    private OpenIddictEntityFrameworkCoreToken<Guid> Token(string type, int age, int left, string status) => new()
    {
        Id = Guid.NewGuid(),
        Type = type == "authorization_code" ? TokenTypeIdentifiers.Private.AuthorizationCode
            : type == "access_token" ? TokenTypeIdentifiers.AccessToken : TokenTypeIdentifiers.RefreshToken,
        Status = status,
        CreationDate = clock.GetUtcNow().AddDays(-age).UtcDateTime,
        ExpirationDate = clock.GetUtcNow().AddDays(left).UtcDateTime,
    };

    private OpenIddictEntityFrameworkCoreAuthorization<Guid> Authorization(int age) => new()
    {
        Id = Guid.NewGuid(),
        Type = AuthorizationTypes.AdHoc,
        Status = Statuses.Valid,
        CreationDate = clock.GetUtcNow().AddDays(-age).UtcDateTime,
    };

    private static async Task<Guid[]> IdsAsync(Provider provider)
    {
        await using var scope = provider.Running.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        var tokens = await database.Tokens.Select(token => token.Id).ToListAsync();
        var authorizations = await database.Set<OpenIddictEntityFrameworkCoreAuthorization<Guid>>()
            .Select(one => one.Id).ToListAsync();
        return [.. tokens, .. authorizations];
    }
}
