using System.Net;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Tests.Pages;
using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Slices;

/// <summary>Who moves to another sign-in address is reached there, in the account as well.</summary>
public sealed class FollowingTheSignIn(PagesService service) : IClassFixture<PagesService>
{
    [Fact]
    public async Task An_account_with_its_owners_sign_in_address_moves_with_it_and_leaves_the_old_one_to_others()
    {
        using var browser = service.Browser();
        var (old, next) = (await service.SignUpAsync(browser), PagesService.NewEmail());
        var (path, owner) = await OpenAsync(old);
        var form = await browser.GoAsync("/identity/change-email");
        await browser.PressAsync(form, "Send the link", ("Email", next));

        await browser.PressAsync(await browser.GoAsync(await service.LinkAsync(next, "Confirm your new")), "Use this address");

        (await EmailAsync(owner, path)).ShouldBe(next);
        var history = (await (await owner.GetAsync($"{path}/history")).JsonAsync())["items"]!.AsArray();
        history[0]!["event"]!.GetValue<string>().ShouldBe("profile_changed");
        history[0]!["actor"]!.GetValue<string>().ShouldBe("accounts/follow-sign-in");
        (await (await owner.GetAsync(path)).JsonAsync())["phone"]!.GetValue<string>().ShouldBe("+12025550123");
        using var other = await service.Running.PersonAsync(old);
        (await other.PostWithKeyAsync("/api/accounts", AccountsService.Body(old))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Given_a_kill_right_after_the_move_Then_the_account_follows_later_and_once()
    {
        var (old, next) = (PagesService.NewEmail(), PagesService.NewEmail());
        var (path, owner) = await OpenAsync(old);
        await MoveAsync(old, next);
        (await EmailAsync(owner, path)).ShouldBe(old);

        await Task.WhenAll(service.SweepAsync(), service.SweepAsync());
        await service.SweepAsync();

        (await EmailAsync(owner, path)).ShouldBe(next);
        var history = (await (await owner.GetAsync($"{path}/history")).JsonAsync())["items"]!.AsArray();
        history.Count(entry => entry!["event"]!.GetValue<string>() == "profile_changed").ShouldBe(1);
    }

    [Fact]
    public async Task Given_two_moves_that_were_not_followed_Then_the_account_goes_to_where_the_person_is_now()
    {
        var (first, second, third) = (PagesService.NewEmail(), PagesService.NewEmail(), PagesService.NewEmail());
        var (path, owner) = await OpenAsync(first);
        await MoveAsync(first, second);
        await MoveAsync(second, third);

        await service.SweepAsync();

        (await EmailAsync(owner, path)).ShouldBe(third);
    }

    [Fact]
    public async Task Given_the_account_has_another_address_by_now_Then_it_stays()
    {
        var (old, next, other) = (PagesService.NewEmail(), PagesService.NewEmail(), PagesService.NewEmail());
        var (path, owner) = await OpenAsync(old);
        using var partner = await service.Running.PersonAsync(other);
        await service.Running.JoinAsync(AccountsService.IdOf(path), await service.Running.LoginAsync(other));
        (await partner.PutAsync($"{path}/profile", AccountsService.Profile(other))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await MoveAsync(old, next);

        await service.SweepAsync();

        (await EmailAsync(owner, path)).ShouldBe(other);
        (await WaitingAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_restriction_Then_it_follows_when_that_has_ended()
    {
        var (old, next) = (PagesService.NewEmail(), PagesService.NewEmail());
        var (path, owner) = await OpenAsync(old);
        var vault = service.Running.Services.GetRequiredService<Vault>();
        await vault.RestrictAsync(AccountsService.IdOf(path), DataGroup.Contact, order: 1, default);
        await MoveAsync(old, next);
        await service.SweepAsync();
        (await WaitingAsync()).ShouldBe(1);

        await vault.LiftRestrictionAsync(AccountsService.IdOf(path), DataGroup.Contact, order: 2, default);
        await service.SweepAsync();

        (await EmailAsync(owner, path)).ShouldBe(next);
        (await WaitingAsync()).ShouldBe(0);
    }

    private async Task<(string Path, HttpClient Owner)> OpenAsync(string email)
    {
        var owner = await service.Running.PersonAsync(email);
        var opened = await owner.PostWithKeyAsync("/api/accounts", AccountsService.Body(email));
        opened.StatusCode.ShouldBe(HttpStatusCode.Created, await opened.Content.ReadAsStringAsync());
        return (opened.Headers.Location!.OriginalString, owner);
    }

    private static async Task<string> EmailAsync(HttpClient client, string path) =>
        (await (await client.GetAsync(path)).JsonAsync())["email"]!.GetValue<string>();

    /// <summary>What the link in the mail does, up to where a kill would be felt.</summary>
    private async Task MoveAsync(string from, string to)
    {
        await using var scope = service.Running.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var login = (await services.GetRequiredService<Logins>().FindAsync(from, default))!;
        await services.GetRequiredService<ProvingAddresses>().AskAsync(to, login, returnUrl: null, default);
        var place = services.GetRequiredService<BlindIndex>().ForEmail(to);
        var pending = await services.GetRequiredService<IdentityDatabase>().PendingAddresses
            .SingleAsync(one => one.EmailIndex == place);
        (await services.GetRequiredService<ProvingAddresses>().MoveAsync(pending, login)).ShouldBeTrue();
    }

    private Task<long> WaitingAsync() =>
        service.CountAsync("""select count(*) from identity.pending_addresses where "MovedFrom" is not null""");
}
