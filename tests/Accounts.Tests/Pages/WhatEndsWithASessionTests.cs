using System.Net;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>When the owner shuts a thief out, nothing that the thief began goes on; and an ended session is ended.</summary>
public sealed class WhatEndsWithASessionTests(PagesService service) : IClassFixture<PagesService>
{
    [Theory]
    [InlineData("a new password by mail")]
    [InlineData("another password")]
    [InlineData("signing out everywhere")]
    public async Task A_move_to_another_address_that_a_thief_asked_for(string by)
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        using var thief = service.Browser();
        await PagesService.SignInAsync(thief, email);
        var elsewhere = PagesService.NewEmail();
        await thief.PressAsync(await thief.GoAsync("/identity/change-email"), "Send the link", ("Email", elsewhere));
        var link = await service.LinkAsync(elsewhere, "Confirm your new");
        var page = await thief.GoAsync(link);
        page.Status.ShouldBe(200);

        await service.Mails.MailToAsync(email, "Another e-mail address was asked for");
        var password = await ShutOutAsync(owner, email, by);

        (await thief.GoAsync(link)).Status.ShouldBe(410);
        (await thief.PressAsync(page, "Use this address")).Status.ShouldBe(410);
        (await PagesService.SignInAsync(owner, email, password)).Text.ShouldContain(email);
    }

    [Fact]
    public async Task Signing_out_everywhere_and_its_entry_in_the_history_are_both_or_none()
    {
        using var owner = service.Browser();
        await service.SignUpAsync(owner);
        var page = await owner.GoAsync("/identity/security");
        await using (await ReadOnlyTable.BeginAsync(
            service.Running.Database.Admin, "identity.activity", "new.\"Kind\" = 'signed-out-everywhere'"))
            ((int)(await owner.PostAsync(page, "Sign out everywhere")).StatusCode).ShouldBe(503);

        (await owner.GoAsync("/identity/security")).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task And_the_mail_with_its_link_if_it_was_still_on_its_way()
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        var elsewhere = PagesService.NewEmail();
        await owner.PressAsync(await owner.GoAsync("/identity/change-email"), "Send the link", ("Email", elsewhere));
        var mover = await service.IdOfAsync(email);
        var id = await service.WithAsync<IdentityDatabase, Guid>(async database =>
            (await database.PendingAddresses.SingleAsync(pending => pending.LoginId == mover)).Id);
        await owner.PressAsync(await owner.GoAsync("/identity/security"), "Sign out everywhere");

        var arguments = new Dictionary<string, string>(StringComparer.Ordinal) { ["pending"] = id.ToString("D") };
        (await WriteAsync(LetterKinds.ProveAddress, new MailToWrite(
            Guid.NewGuid(), mover, elsewhere, arguments, service.Clock.GetUtcNow()))).ShouldBeNull();
    }

    [Fact]
    public async Task A_late_mail_brings_no_link_and_none_goes_to_an_address_that_the_login_has_left()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var id = await service.IdOfAsync(email);
        var now = service.Clock.GetUtcNow();

        (await ResetAsync(email, now)).ShouldNotBeNull();
        (await ResetAsync(email, now - TimeSpan.FromMinutes(61))).ShouldBeNull();
        (await ResetAsync("former@canary.example", now)).ShouldBeNull();

        Task<MailText?> ResetAsync(string address, DateTimeOffset asked) => WriteAsync(
            LetterKinds.ResetPassword, new MailToWrite(Guid.NewGuid(), id, address, new Dictionary<string, string>(), asked));
    }

    [Theory]
    [InlineData("Sign out", "/identity/sign-out")]
    [InlineData("Sign in", "/identity/sign-in")]
    public async Task A_copied_cookie_once_its_session_was_ended_or_replaced(string button, string path)
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var copied = browser.Cookies["eperfect.session"]!.ToString();
        (await ReplayAsync(copied)).ShouldBe(HttpStatusCode.OK);

        if (button == "Sign out") await browser.PressAsync(await browser.GoAsync(path), button);
        else await PagesService.SignInAsync(browser, email);

        (await ReplayAsync(copied)).ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task What_was_ended_is_remembered_as_long_as_its_cookie_could_be_good()
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);
        await browser.PressAsync(await browser.GoAsync("/identity/sign-out"), "Sign out");
        service.Clock.Move(TimeSpan.FromHours(11.9));
        await service.SweepAsync();
        (await service.CountAsync("select count(*) from identity.ended_sessions")).ShouldBeGreaterThan(0);

        service.Clock.Move(TimeSpan.FromHours(0.2));
        await service.SweepAsync();

        (await service.CountAsync("select count(*) from identity.ended_sessions")).ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_other_session_when_a_passkey_is_added_or_removed(bool removed)
    {
        using var browser = service.Browser();
        using var key = new SoftwareAuthenticator();
        using var second = new SoftwareAuthenticator();
        var email = await service.SignUpAsync(browser);
        using var thief = service.Browser();
        if (!removed)
        {
            (await PagesService.SignInAsync(thief, email)).Title.ShouldBe("Your sign-in");
            await PasskeyTests.AddAsync(browser, key);
        }
        else
        {
            await PasskeyTests.AddAsync(browser, key);
            await PasskeyTests.AddAsync(browser, second, "New phone");
            (await PasskeyTests.SignInAsync(thief, key)).Title.ShouldBe("Your sign-in");
            await browser.PressAsync(await browser.GoAsync("/identity/security"), "Remove Computer");
        }

        (await thief.GoAsync("/identity/security")).Title.ShouldBe("Sign in");
        (await browser.GoAsync("/identity/security")).Title.ShouldBe("Your sign-in");
    }

    /// <summary>Two at once: the session began while the passkey was being stored, and nobody ended it.</summary>
    [Fact]
    public async Task A_session_that_lacks_a_factor_changes_nothing_that_opens_the_door()
    {
        using var browser = service.Browser();
        using var key = new SoftwareAuthenticator();
        var email = await service.SignUpAsync(browser);
        using var thief = service.Browser();
        await PagesService.SignInAsync(thief, email);
        var stamp = "";
        await service.ChangeLoginAsync(email, login => stamp = login.SecurityStamp!);
        await PasskeyTests.AddAsync(browser, key);
        await service.ChangeLoginAsync(email, login => login.SecurityStamp = stamp);

        var page = await thief.GoAsync("/identity/security");
        page.Title.ShouldBe("Your sign-in");
        (await thief.PressAsync(page, "Remove Computer")).Title.ShouldBe("Sign in");
        foreach (var door in (string[])["authenticator", "passkeys/add", "change-email", "recovery-codes"])
            (await thief.GoAsync($"/identity/{door}")).Title.ShouldBe("Sign in");
    }

    /// <returns>The password that is good afterwards.</returns>
    private async Task<string> ShutOutAsync(Browser owner, string email, string by)
    {
        (string, string) chosen = ("Password", PagesService.OtherPassword);
        if (by == "signing out everywhere")
        {
            await owner.PressAsync(await owner.GoAsync("/identity/security"), "Sign out everywhere");
            return PagesService.Password;
        }

        if (by == "another password")
        {
            var page = await owner.GoAsync("/identity/change-password");
            await owner.PressAsync(page, "Change the password", ("CurrentPassword", PagesService.Password), chosen);
        }
        else
        {
            await owner.PressAsync(await owner.GoAsync("/identity/forgotten-password"), "Send the link", ("Email", email));
            var page = await owner.GoAsync(await service.LinkAsync(email, "Set a new password"));
            await owner.PressAsync(page, "Set the password", chosen);
        }

        return PagesService.OtherPassword;
    }

    /// <summary>What a mail says when it is sent now.</summary>
    private async Task<MailText?> WriteAsync(string kind, MailToWrite mail)
    {
        await using var scope = service.Running.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredKeyedService<IMailTemplate>(kind).WriteAsync(mail, default);
    }

    /// <summary>Whoever has the cookie, from elsewhere.</summary>
    private async Task<HttpStatusCode> ReplayAsync(string cookie)
    {
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = service.Running.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/identity/security");
        request.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
