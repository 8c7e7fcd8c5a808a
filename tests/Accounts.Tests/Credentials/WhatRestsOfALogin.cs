using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Tests.Slices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Credentials;

public sealed class WhatRestsOfALogin(AccountsService accounts) : IClassFixture<AccountsService>
{
    private const string Password = "a long pass phrase of canaries";

    [Fact]
    public async Task A_login_is_found_by_any_spelling_of_its_address()
    {
        await using var scope = accounts.Running.Services.CreateAsyncScope();
        var logins = scope.ServiceProvider.GetRequiredService<Logins>();
        var email = AccountsService.NewEmail();
        var (made, result) = await logins.CreateAsync(email, Password, verified: true, default);

        result.Succeeded.ShouldBeTrue(string.Join(' ', result.Errors.Select(error => error.Code)));
        (await logins.FindAsync($" {email.ToUpperInvariant()}", default))!.Id.ShouldBe(made.Id);
        (await logins.AddressOfAsync(made, default)).ShouldBe(email);
        (await logins.FindAsync("nobody@canary.example", default)).ShouldBeNull();
        (await logins.FindAsync("not an address", default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_has_one_login()
    {
        await using var scope = accounts.Running.Services.CreateAsyncScope();
        var logins = scope.ServiceProvider.GetRequiredService<Logins>();
        var email = AccountsService.NewEmail();
        await logins.CreateAsync(email, Password, verified: true, default);

        await Should.ThrowAsync<DbUpdateException>(() => logins.CreateAsync(email, Password, verified: true, default));
    }

    [Fact]
    public async Task A_recovery_code_is_good_once()
    {
        await using var scope = accounts.Running.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Login>>();
        var login = await CreateAsync(scope.ServiceProvider);
        var codes = (await users.GenerateNewTwoFactorRecoveryCodesAsync(login, 10))!.ToArray();

        (await users.RedeemTwoFactorRecoveryCodeAsync(login, codes[3])).Succeeded.ShouldBeTrue();
        (await users.RedeemTwoFactorRecoveryCodeAsync(login, codes[3])).Succeeded.ShouldBeFalse();
        (await users.RedeemTwoFactorRecoveryCodeAsync(login, codes[4])).Succeeded.ShouldBeTrue();
        (await users.CountRecoveryCodesAsync(login)).ShouldBe(8);
    }

    [Fact]
    public async Task Neither_address_nor_authenticator_key_nor_recovery_code_rests_in_clear()
    {
        await using var scope = accounts.Running.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Login>>();
        var login = await CreateAsync(scope.ServiceProvider);
        await users.ResetAuthenticatorKeyAsync(login);
        var key = (await users.GetAuthenticatorKeyAsync(login))!;
        var codes = (await users.GenerateNewTwoFactorRecoveryCodesAsync(login, 10))!.ToArray();

        var rows = await accounts.AskAsync<string>(
            "select string_agg(t::text, ' ') from identity.login_tokens t")
            + await accounts.AskAsync<string>("select string_agg(l::text, ' ') from identity.logins l");

        rows.ShouldContain(login.Id.ToString());
        foreach (var secret in (string[])["canary", key, .. codes])
            rows.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
    }

    private static async Task<Login> CreateAsync(IServiceProvider services)
    {
        var logins = services.GetRequiredService<Logins>();
        return (await logins.CreateAsync(AccountsService.NewEmail(), Password, verified: true, default)).Login;
    }
}
