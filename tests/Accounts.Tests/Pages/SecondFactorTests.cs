using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Pages;

public sealed class SecondFactorTests(PagesService service) : IClassFixture<PagesService>
{
    [Fact, Control("S21")]
    public async Task With_an_app_the_password_alone_opens_nothing()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var (app, _) = await AuthenticatorApp.AddAsync(browser, service.Clock);
        using var other = service.Browser();

        var asked = await PagesService.SignInAsync(other, email);
        asked.Title.ShouldBe("One more step");
        (await other.GoAsync("/identity/security")).Title.ShouldBe("Sign in");

        (await other.PressAsync(asked, "Go on", ("Code", app.Code))).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var (app, _) = await AuthenticatorApp.AddAsync(browser, service.Clock);
        using var first = service.Browser();
        using var second = service.Browser();
        var code = app.Code;
        await first.PressAsync(await PagesService.SignInAsync(first, email), "Go on", ("Code", code));

        var again = await second.PressAsync(await PagesService.SignInAsync(second, email), "Go on", ("Code", code));

        again.Status.ShouldBe(422);
        (await first.GoAsync("/identity/security")).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task A_recovery_code_is_good_once_too()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var (_, codes) = await AuthenticatorApp.AddAsync(browser, service.Clock);
        codes.Length.ShouldBe(10);
        codes.Distinct().Count().ShouldBe(10);
        using var first = service.Browser();
        using var second = service.Browser();

        var taken = await first.PressAsync(
            await PagesService.SignInAsync(first, email), "Go on", ("Code", codes[3].ToLowerInvariant()));
        var again = await second.PressAsync(await PagesService.SignInAsync(second, email), "Go on", ("Code", codes[3]));

        taken.Title.ShouldBe("Your sign-in");
        taken.Text.ShouldContain("You have 9 left.");
        again.Status.ShouldBe(422);
    }

    [Fact]
    public async Task While_wrong_codes_are_still_free_a_clock_that_is_behind_refuses_no_right_one()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var (_, codes) = await AuthenticatorApp.AddAsync(browser, service.Clock);
        using var other = service.Browser();
        var wrong = await other.PressAsync(await PagesService.SignInAsync(other, email), "Go on", ("Code", "000000"));

        service.Clock.Move(TimeSpan.FromSeconds(-2));
        var right = await other.PressAsync(wrong, "Go on", ("Code", codes[0]));
        service.Clock.Move(TimeSpan.FromSeconds(2));

        wrong.Status.ShouldBe(422);
        right.Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task Who_reads_the_mailbox_guesses_no_faster_for_it()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var (app, _) = await AuthenticatorApp.AddAsync(browser, service.Clock);
        using var thief = service.Browser();
        var asked = await PagesService.SignInAsync(thief, email);
        for (var i = 0; i < 5; i++) await thief.PressAsync(asked, "Go on", ("Code", "000000"));

        await thief.PressAsync(await thief.GoAsync("/identity/forgotten-password"), "Send the link", ("Email", email));
        var reset = await thief.GoAsync(await service.LinkAsync(email, "Set a new password"));
        await thief.PressAsync(reset, "Set the password", ("Password", PagesService.OtherPassword));
        asked = await PagesService.SignInAsync(thief, email, PagesService.OtherPassword);
        asked.Title.ShouldBe("One more step");

        (await thief.PressAsync(asked, "Go on", ("Code", app.Code))).Status.ShouldBe(422);
        service.Clock.Move(TimeSpan.FromMinutes(1));
        (await thief.PressAsync(asked, "Go on", ("Code", app.Code))).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task Recovery_codes_are_shown_once()
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);
        var (_, codes) = await AuthenticatorApp.AddAsync(browser, service.Clock);

        (await browser.GoAsync("/identity/security")).Html.ShouldNotContain(codes[0]);
        (await browser.GoAsync("/identity/recovery-codes")).Html.ShouldNotContain(codes[0]);
    }

    [Fact]
    public async Task Codes_cannot_be_tried_without_end()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var (app, _) = await AuthenticatorApp.AddAsync(browser, service.Clock);
        using var other = service.Browser();
        var page = await PagesService.SignInAsync(other, email);
        for (var i = 0; i < 5; i++) await other.PressAsync(page, "Go on", ("Code", "000000"));

        (await other.PressAsync(page, "Go on", ("Code", app.Code))).Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_wrong_code_adds_no_app_and_the_same_picture_is_shown_again()
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);
        var page = await browser.GoAsync("/identity/authenticator");
        var app = new AuthenticatorApp(page, service.Clock);

        var again = await browser.PressAsync(page, "Add the app", ("Code", "000000"));

        again.Status.ShouldBe(422);
        new AuthenticatorApp(again, service.Clock).Code.ShouldBe(app.Code);
        (await browser.GoAsync("/identity/security")).Text.ShouldContain("Add an app");
    }

    [Fact]
    public async Task Another_persons_secret_cannot_be_slipped_in()
    {
        using var browser = service.Browser();
        using var stranger = service.Browser();
        await service.SignUpAsync(browser);
        await service.SignUpAsync(stranger);
        var foreign = await stranger.GoAsync("/identity/authenticator");
        var page = await browser.GoAsync("/identity/authenticator");

        var answer = await browser.PressAsync(
            page, "Add the app",
            ("State", foreign.Document.QuerySelector("[name=State]")!.GetAttribute("value")!),
            ("Code", new AuthenticatorApp(foreign, service.Clock).Code));

        answer.Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_app_that_is_removed_is_asked_for_no_more_and_the_owner_hears_of_it()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        await AuthenticatorApp.AddAsync(browser, service.Clock);

        await browser.PressAsync(await browser.GoAsync("/identity/security"), "Remove the app");

        using var other = service.Browser();
        (await PagesService.SignInAsync(other, email)).Title.ShouldBe("Your sign-in");
        await service.Mails.MailToAsync(email, "Your second factors were changed");
    }

    [Fact]
    public async Task With_the_last_factor_go_the_recovery_codes()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var (_, old) = await AuthenticatorApp.AddAsync(browser, service.Clock);
        await browser.PressAsync(await browser.GoAsync("/identity/security"), "Remove the app");
        var (_, codes) = await AuthenticatorApp.AddAsync(browser, service.Clock);
        using var other = service.Browser();

        var asked = await PagesService.SignInAsync(other, email);

        (await other.PressAsync(asked, "Go on", ("Code", old[0]))).Status.ShouldBe(422);
        (await other.PressAsync(asked, "Go on", ("Code", codes[0]))).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task What_opens_the_door_is_changed_only_by_who_has_just_signed_in()
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);
        service.Clock.Move(TimeSpan.FromMinutes(11));

        (await browser.GoAsync("/identity/security")).Title.ShouldBe("Your sign-in");
        (await browser.GoAsync("/identity/authenticator")).Title.ShouldBe("Sign in");
        (await browser.GoAsync("/identity/passkeys/add")).Title.ShouldBe("Sign in");
        (await browser.GoAsync("/identity/change-email")).Title.ShouldBe("Sign in");
    }

    [Fact]
    public async Task Staff_adds_an_app_before_anything_else_and_keeps_one()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        await service.AppointAsync(email);
        using var other = service.Browser();

        var asked = await PagesService.SignInAsync(other, email);
        asked.Title.ShouldBe("Add an authenticator app");
        asked.Text.ShouldContain("Your work here needs a second factor");
        (await other.GoAsync("/identity/security")).Title.ShouldBe("Sign in");
        var app = new AuthenticatorApp(asked, service.Clock);
        (await other.PressAsync(asked, "Add the app", ("Code", app.Code))).Title.ShouldBe("Keep your recovery codes");
        (await other.GoAsync("/identity/security")).Title.ShouldBe("Your sign-in");

        var refused = await other.PressAsync(await other.GoAsync("/identity/security"), "Remove the app");
        refused.Problems.ShouldBe(["Your work here needs a second factor. Add another one before you remove this one."]);
    }

    [Fact]
    public async Task A_one_time_password_opens_nothing_but_its_own_change()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        await service.AppointAsync(email);
        await service.ChangeLoginAsync(email, login => login.MustChangePassword = true);
        using var other = service.Browser();

        var asked = await PagesService.SignInAsync(other, email);
        asked.Title.ShouldBe("Choose a password of your own");
        (await other.GoAsync("/identity/authenticator")).Title.ShouldBe("Sign in");
        (await other.PressAsync(asked, "Set the password", ("Password", PagesService.Password))).Status.ShouldBe(422);
        var next = await other.PressAsync(asked, "Set the password", ("Password", PagesService.OtherPassword));

        next.Title.ShouldBe("Add an authenticator app");
    }
}
