using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Pages;

public sealed class ChangingCredentialsTests(PagesService service) : IClassFixture<PagesService>
{
    [Fact]
    public async Task A_forgotten_password_is_replaced_by_mail_and_everybody_is_signed_out()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        using var other = service.Browser();

        var done = await ResetAsync(other, await AskForResetAsync(other, email));

        done.Text.ShouldContain("Your new password is set. Sign in with it.");
        (await browser.GoAsync("/identity/security")).Title.ShouldBe("Sign in");
        (await PagesService.SignInAsync(other, email)).Status.ShouldBe(422);
        (await PagesService.SignInAsync(other, email, PagesService.OtherPassword)).Title.ShouldBe("Your sign-in");
        await service.Mails.MailToAsync(email, "Your password was changed");
    }

    [Fact]
    public async Task The_link_is_good_once_and_for_an_hour()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var link = await AskForResetAsync(browser, email);
        (await browser.GoAsync(link)).Status.ShouldBe(200);
        var page = await browser.GoAsync(link);
        await browser.PressAsync(page, "Set the password", ("Password", PagesService.OtherPassword));

        (await browser.GoAsync(link)).Status.ShouldBe(410);
        (await browser.PressAsync(page, "Set the password", ("Password", PagesService.Password))).Status.ShouldBe(410);

        service.Clock.Move(TimeSpan.FromMinutes(20));
        var second = await AskForResetAsync(browser, email, not: link);
        service.Clock.Move(TimeSpan.FromMinutes(61));
        (await browser.GoAsync(second)).Status.ShouldBe(410);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64 at all!")]
    public async Task A_link_that_we_did_not_make_is_none(string token)
    {
        using var browser = service.Browser();

        foreach (var path in (string[])["sign-up/confirm", "reset-password", "change-email/confirm"])
        {
            var page = await browser.GoAsync($"/identity/{path}?token={Uri.EscapeDataString(token)}");
            page.Status.ShouldBe(410);
            page.Title.ShouldBe("This link is no longer good");
        }
    }

    [Fact]
    public async Task A_link_for_one_thing_is_good_for_no_other()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var link = await AskForResetAsync(browser, email);

        foreach (var other in (string[])["change-email/confirm", "sign-up/confirm"])
            (await browser.GoAsync(link.Replace("reset-password", other, StringComparison.Ordinal))).Status.ShouldBe(410);
    }

    [Fact]
    public async Task Resetting_the_password_leaves_the_second_factor_in_place()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        await AuthenticatorApp.AddAsync(browser, service.Clock);
        using var thief = service.Browser();
        await ResetAsync(thief, await AskForResetAsync(thief, email));

        (await PagesService.SignInAsync(thief, email, PagesService.OtherPassword)).Title.ShouldBe("One more step");
    }

    [Fact]
    public async Task Who_changes_the_password_stays_signed_in_and_all_others_do_not()
    {
        using var browser = service.Browser();
        using var other = await SignedInTwiceAsync(browser);
        var page = await browser.GoAsync("/identity/change-password");

        var wrong = await browser.PressAsync(
            page, "Change the password", ("CurrentPassword", "not the password"), ("Password", PagesService.OtherPassword));
        wrong.Problems.ShouldHaveSingleItem().ShouldStartWith("This is not your current password.");
        var done = await browser.PressAsync(
            page, "Change the password", ("CurrentPassword", PagesService.Password), ("Password", PagesService.OtherPassword));

        done.Title.ShouldBe("Your sign-in");
        (await other.GoAsync("/identity/security")).Title.ShouldBe("Sign in");
    }

    [Fact, Control("S21")]
    public async Task Who_changes_the_password_has_not_signed_in_by_it_and_stays_no_longer()
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);
        service.Clock.Move(TimeSpan.FromHours(11));

        await browser.PressAsync(
            await browser.GoAsync("/identity/change-password"), "Change the password",
            ("CurrentPassword", PagesService.Password), ("Password", PagesService.OtherPassword));

        (await browser.GoAsync("/identity/security")).Title.ShouldBe("Your sign-in");
        foreach (var path in (string[])["authenticator", "passkeys/add", "change-email"])
            (await browser.GoAsync($"/identity/{path}")).Title.ShouldBe("Sign in", path);
        service.Clock.Move(TimeSpan.FromMinutes(61));
        (await browser.GoAsync("/identity/security")).Title.ShouldBe("Sign in");
    }

    [Fact]
    public async Task A_password_that_looks_like_a_card_is_given_up_as_it_was_chosen()
    {
        const string likeACard = "violet 4111 1111 1111 1111 harbour";
        using var browser = service.Browser();
        await service.SignUpAsync(browser, password: likeACard);
        var page = await browser.GoAsync("/identity/change-password");

        var done = await browser.PressAsync(
            page, "Change the password", ("CurrentPassword", likeACard), ("Password", PagesService.OtherPassword));

        done.Title.ShouldBe("Your sign-in", done.Text);
    }

    [Fact]
    public async Task A_new_address_is_proven_first_and_the_old_one_hears_of_it()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var next = PagesService.NewEmail();
        await AskAsync(browser, "change-email", next);
        var link = await service.LinkAsync(next, "Confirm your new");
        using var other = service.Browser();
        (await PagesService.SignInAsync(other, next)).Status.ShouldBe(422);

        await browser.PressAsync(await browser.GoAsync(link), "Use this address");

        (await browser.GoAsync("/identity/security")).Title.ShouldBe("Sign in");
        (await PagesService.SignInAsync(browser, email)).Status.ShouldBe(422);
        (await PagesService.SignInAsync(browser, next)).Text.ShouldContain(next);
        await service.Mails.MailToAsync(email, "Your e-mail address was changed");
        (await browser.GoAsync(link)).Status.ShouldBe(410);
    }

    [Fact]
    public async Task Whether_the_new_address_is_somebody_elses_is_told_by_mail_alone()
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);
        using var other = service.Browser();
        var taken = await service.SignUpAsync(other);

        var sent = await AskAsync(browser, "change-email", taken);

        sent.Title.ShouldBe("Look into your mailbox");
        await service.Mails.MailToAsync(taken, "You have an ePerfect sign-in already");
    }

    [Fact]
    public async Task Signing_out_everywhere_does()
    {
        using var browser = service.Browser();
        using var other = await SignedInTwiceAsync(browser);

        await browser.PressAsync(await browser.GoAsync("/identity/security"), "Sign out everywhere");

        (await browser.GoAsync("/identity/security")).Title.ShouldBe("Sign in");
        (await other.GoAsync("/identity/security")).Title.ShouldBe("Sign in");
    }

    private static async Task<PageView> AskAsync(Browser browser, string page, string email) =>
        await browser.PressAsync(await browser.GoAsync($"/identity/{page}"), "Send the link", ("Email", email));

    private static async Task<PageView> ResetAsync(Browser browser, string link) => await browser.PressAsync(
        await browser.GoAsync(link), "Set the password", ("Password", PagesService.OtherPassword));

    /// <summary>Signs up with one browser.</summary>
    /// <returns>The other one that the person is signed in with.</returns>
    private async Task<Browser> SignedInTwiceAsync(Browser browser)
    {
        var other = service.Browser();
        await PagesService.SignInAsync(other, await service.SignUpAsync(browser));
        return other;
    }

    private async Task<string> AskForResetAsync(Browser browser, string email, string? not = null)
    {
        await AskAsync(browser, "forgotten-password", email);
        var link = "";
        await Testing.Until.TrueAsync(
            async () => (link = await service.LinkAsync(email, "Set a new password")) != not, "another mail comes");
        return link;
    }
}
