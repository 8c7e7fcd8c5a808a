namespace EPerfect.Accounts.Tests.Pages;

public sealed class SigningUpTests(PagesService service) : IClassFixture<PagesService>
{
    [Fact]
    public async Task A_person_signs_up_proves_the_address_chooses_a_password_and_is_in()
    {
        using var browser = service.Browser();
        var email = PagesService.NewEmail();

        var sent = await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));
        sent.Title.ShouldBe("Look into your mailbox");
        var choose = await browser.GoAsync(await service.LinkAsync(email, "Finish"));
        choose.Title.ShouldBe("Choose your password");
        var done = await browser.PressAsync(choose, "Finish", ("Password", PagesService.Password));

        done.Title.ShouldBe("Your sign-in");
        done.Text.ShouldContain(email);
    }

    [Fact]
    public async Task Looking_at_the_link_uses_nothing_up_and_using_it_does()
    {
        using var scanner = service.Browser();
        using var browser = service.Browser();
        var email = PagesService.NewEmail();
        await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));
        var link = await service.LinkAsync(email, "Finish");

        (await scanner.GoAsync(link)).Status.ShouldBe(200);
        (await scanner.GoAsync(link)).Status.ShouldBe(200);
        var page = await browser.GoAsync(link);
        await browser.PressAsync(page, "Finish", ("Password", PagesService.Password));

        (await scanner.GoAsync(link)).Status.ShouldBe(410);
        (await browser.PressAsync(page, "Finish", ("Password", PagesService.OtherPassword))).Status.ShouldBe(410);
    }

    [Fact]
    public async Task Given_a_server_that_takes_no_rows_Then_the_page_says_so_and_the_link_is_good_afterwards()
    {
        using var browser = service.Browser();
        var email = PagesService.NewEmail();
        await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));
        var page = await browser.GoAsync(await service.LinkAsync(email, "Finish"));

        await using (await ReadOnlyTable.BeginAsync(service.Running.Database.Admin, "identity.logins"))
        {
            var away = await browser.PressAsync(page, "Finish", ("Password", PagesService.Password));
            (away.Status, away.Title).ShouldBe((503, "This does not work at the moment"));
        }

        (await browser.PressAsync(page, "Finish", ("Password", PagesService.Password))).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task A_link_is_good_for_a_day()
    {
        using var browser = service.Browser();
        var email = PagesService.NewEmail();
        await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));
        var link = await service.LinkAsync(email, "Finish");

        service.Clock.Move(TimeSpan.FromHours(25));

        (await browser.GoAsync(link)).Status.ShouldBe(410);
    }

    [Theory]
    [InlineData("short one", "Use at least 12 characters. Several words in a row make a good password.")]
    [InlineData("password1234", "This password is easy to guess, or was found in a leak of another site. Choose another one.")]
    public async Task A_password_that_others_would_guess_is_not_taken_and_the_page_says_why(string password, string problem)
    {
        using var browser = service.Browser();
        var email = PagesService.NewEmail();
        await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));

        var again = await browser.PressAsync(
            await browser.GoAsync(await service.LinkAsync(email, "Finish")), "Finish", ("Password", password));

        again.Status.ShouldBe(422);
        again.Problems.ShouldBe([problem]);
        again.Document.QuerySelector("#Password")!.GetAttribute("aria-invalid").ShouldBe("true");
        again.Html.ShouldNotContain(password);
        (await browser.PressAsync(again, "Finish", ("Password", PagesService.Password))).Title.ShouldBe("Your sign-in");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("nobody@")]
    [InlineData("two@at@signs.example")]
    public async Task What_is_no_address_is_said_so(string email)
    {
        using var browser = service.Browser();

        var again = await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));

        again.Status.ShouldBe(422);
        again.Problems.ShouldBe(["Enter an e-mail address, such as name@host.example."]);
    }

    [Fact]
    public async Task Who_signs_up_again_is_told_by_mail_alone()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        using var other = service.Browser();

        var sent = await other.PressAsync(
            await other.GoAsync("/identity/sign-up"), "Sign up", ("Email", email.ToUpperInvariant()));

        sent.Title.ShouldBe("Look into your mailbox");
        (await service.Mails.MailToAsync(email, "You have an ePerfect sign-in already")).Text.ShouldContain("sign in instead");
    }

    /// <summary>Else a stranger could leave a password behind for the owner to confirm.</summary>
    [Fact]
    public async Task Nobody_sets_a_password_for_an_address_that_is_not_proven()
    {
        using var stranger = service.Browser();
        using var owner = service.Browser();
        var email = PagesService.NewEmail();
        await stranger.PressAsync(await stranger.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));

        await service.SignUpAsync(owner, email);

        (await PagesService.SignInAsync(stranger, email, PagesService.OtherPassword)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_mailbox_is_not_filled_by_pressing_a_button()
    {
        using var browser = service.Browser();
        var email = PagesService.NewEmail();

        for (var i = 0; i < 8; i++)
            await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));
        await service.Mails.MailToAsync(email);
        await Task.Delay(TimeSpan.FromSeconds(2));

        (await service.Mails.MailsToAsync(email)).Count.ShouldBe(5);
    }
}
