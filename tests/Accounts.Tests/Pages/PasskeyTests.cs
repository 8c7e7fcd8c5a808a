namespace EPerfect.Accounts.Tests.Pages;

public sealed class PasskeyTests(PagesService service) : IClassFixture<PagesService>
{
    private const string Use = "Sign in with a passkey";

    [Fact]
    public async Task A_person_adds_a_passkey_says_where_it_is_kept_and_signs_in_with_it_alone()
    {
        using var browser = service.Browser();
        using var key = new SoftwareAuthenticator();
        var email = await service.SignUpAsync(browser);

        var added = await AddAsync(browser, key, "Security key");
        added.Title.ShouldBe("Keep your recovery codes");
        (await browser.GoAsync("/identity/security")).Text.ShouldContain("Security key, added on");
        using var other = service.Browser();
        var done = await SignInAsync(other, key);

        done.Title.ShouldBe("Your sign-in");
        done.Text.ShouldContain(email);
    }

    [Fact]
    public async Task A_name_of_ones_own_is_kept_nowhere()
    {
        using var browser = service.Browser();
        using var key = new SoftwareAuthenticator();
        await service.SignUpAsync(browser);

        await AddAsync(browser, key, "Phone of Ada Lovelace");

        (await browser.GoAsync("/identity/security")).Text.ShouldContain("Passkey, added on");
        (await service.CountAsync("select count(*) from identity.passkeys p where p::text like '%Lovelace%'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_passkey_is_both_factors_so_no_code_is_asked_for()
    {
        using var browser = service.Browser();
        using var key = new SoftwareAuthenticator();
        await service.SignUpAsync(browser);
        await AuthenticatorApp.AddAsync(browser, service.Clock);
        await AddAsync(browser, key);
        using var other = service.Browser();

        (await SignInAsync(other, key)).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task Or_it_is_the_second_step_after_the_password()
    {
        using var person = await WithPasskeyAsync();
        using var other = service.Browser();

        var asked = await PagesService.SignInAsync(other, person.Email);
        asked.Title.ShouldBe("One more step");

        (await other.PressAsync(asked, "Use a passkey instead", ("Credential", person.Key.Get(OptionsOf(asked)))))
            .Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task Another_persons_passkey_is_no_second_step()
    {
        using var person = await WithPasskeyAsync();
        using var stranger = await WithPasskeyAsync();
        using var thief = service.Browser();
        var asked = await PagesService.SignInAsync(thief, person.Email);

        var refused = await thief.PressAsync(
            asked, "Use a passkey instead", ("Credential", stranger.Key.Get(OptionsOf(asked))));

        refused.Status.ShouldBe(422);
        (await person.Browser.GoAsync("/identity/security")).Text.ShouldContain("Wrong code or passkey");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("=")]
    [InlineData("\n")]
    public async Task An_answer_is_good_once_however_it_is_written_the_second_time(string added)
    {
        using var person = await WithPasskeyAsync(counts: false);
        using var other = service.Browser();
        var page = await other.GoAsync("/identity/sign-in");
        var answer = person.Key.Get(OptionsOf(page));
        (await other.PressAsync(page, Use, ("Credential", answer))).Title.ShouldBe("Your sign-in");
        await other.PressAsync(await other.GoAsync("/identity/sign-out"), "Sign out");

        (await other.PressAsync(page, Use, ("Credential", answer), ("State", StateOf(page) + added))).Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_passkey_that_does_not_count_signs_in_again_and_again()
    {
        using var person = await WithPasskeyAsync(counts: false);

        for (var i = 0; i < 2; i++)
        {
            using var other = service.Browser();
            (await SignInAsync(other, person.Key)).Title.ShouldBe("Your sign-in");
        }
    }

    [Fact]
    public async Task And_for_five_minutes()
    {
        using var person = await WithPasskeyAsync();
        using var other = service.Browser();
        var page = await other.GoAsync("/identity/sign-in");
        service.Clock.Move(TimeSpan.FromMinutes(6));

        (await other.PressAsync(page, Use, ("Credential", person.Key.Get(OptionsOf(page))))).Status.ShouldBe(422);
    }

    [Fact]
    public async Task What_was_asked_by_another_site_is_not_taken()
    {
        using var browser = service.Browser();
        using var key = new SoftwareAuthenticator { Origin = "http://localhost.evil.example" };
        await service.SignUpAsync(browser);

        (await AddAsync(browser, key)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_device_that_did_not_check_who_holds_it_is_no_second_factor()
    {
        using var browser = service.Browser();
        using var key = new SoftwareAuthenticator { Verifies = false };
        await service.SignUpAsync(browser);

        (await AddAsync(browser, key)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_passkey_that_is_removed_opens_nothing()
    {
        using var person = await WithPasskeyAsync();

        await person.Browser.PressAsync(await person.Browser.GoAsync("/identity/security"), "Remove Computer");

        using var other = service.Browser();
        (await SignInAsync(other, person.Key)).Status.ShouldBe(422);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"id":"AA","rawId":"AA","type":"public-key","response":{}}""")]
    public async Task What_is_no_answer_of_an_authenticator_signs_nobody_in(string credential)
    {
        using var browser = service.Browser();

        var again = await browser.PressAsync(await browser.GoAsync("/identity/sign-in"), Use, ("Credential", credential));

        again.Status.ShouldBe(422);
    }

    /// <summary>Somebody who is signed in and has one.</summary>
    private async Task<Person> WithPasskeyAsync(bool counts = true)
    {
        var (browser, key) = (service.Browser(), new SoftwareAuthenticator { Counts = counts });
        var email = await service.SignUpAsync(browser);
        await AddAsync(browser, key);
        return new Person(email, browser, key);
    }

    internal static async Task<PageView> AddAsync(Browser browser, SoftwareAuthenticator key, string place = "Computer")
    {
        var page = await browser.GoAsync("/identity/passkeys/add");
        return await browser.PressAsync(
            page, "Add a passkey", ("Credential", key.Create(OptionsOf(page))), ("Place", place));
    }

    internal static async Task<PageView> SignInAsync(Browser browser, SoftwareAuthenticator key)
    {
        var page = await browser.GoAsync("/identity/sign-in");
        return await browser.PressAsync(page, Use, ("Credential", key.Get(OptionsOf(page))));
    }

    internal static string OptionsOf(PageView page) =>
        page.Document.QuerySelector("form[data-passkey]")!.GetAttribute("data-options")!;

    private static string StateOf(PageView page) =>
        page.Document.QuerySelector("form[data-passkey] [name=State]")!.GetAttribute("value")!;

    private sealed record Person(string Email, Browser Browser, SoftwareAuthenticator Key) : IDisposable
    {
        public void Dispose()
        {
            Browser.Dispose();
            Key.Dispose();
        }
    }
}
