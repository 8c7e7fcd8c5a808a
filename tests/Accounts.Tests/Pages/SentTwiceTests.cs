using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>A double click, or two windows: one of two does it, the other hears of it.</summary>
public sealed class SentTwiceTests(PagesService service) : IClassFixture<PagesService>
{
    private const string Waiting = "from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    private const string WhoWaits = $"select coalesce(string_agg(wait_event || ': ' || query, '; '), 'nobody waits') {Waiting}";

    [Theory]
    [InlineData("/identity/recovery-codes", "Make new codes", true)]
    [InlineData("/identity/security", "Sign out everywhere", true)]
    [InlineData("/identity/security", "Remove the app", true)]
    [InlineData("/identity/change-password", "Change the password", true)]
    [InlineData("/identity/authenticator", "Add the app", false)]
    public async Task Given_a_form_that_is_sent_twice_at_once_Then_one_is_done_and_the_other_is_told(
        string path, string button, bool hasApp)
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        if (hasApp) await AuthenticatorApp.AddAsync(browser, service.Clock);
        var page = await browser.GoAsync(path);
        (string, string)[] typed = button switch
        {
            "Add the app" => [("Code", new AuthenticatorApp(page, service.Clock).Code)],
            "Change the password" =>
                [("CurrentPassword", PagesService.Password), ("Password", PagesService.OtherPassword)],
            _ => [],
        };

        var answers = await AtOnceAsync(email, () => browser.PostAsync(page, button, typed));

        var told = answers.Where(answer => (int)answer.StatusCode == 409).ShouldHaveSingleItem();
        (await PageView.ReadAsync(told, path)).Title.ShouldBe("This form was sent twice");
        var done = answers.Single(answer => answer != told);
        ((int)done.StatusCode).ShouldBeLessThan(400);
        if (button is "Make new codes" or "Add the app")
            (await PageView.ReadAsync(done, path)).Document.QuerySelectorAll(".codes code").Length.ShouldBe(10);
    }

    [Theory, Control("S21")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Given_one_code_that_is_sent_from_two_browsers_at_once_Then_one_is_let_in(bool isRecovery)
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var (app, codes) = await AuthenticatorApp.AddAsync(browser, service.Clock);
        using var one = service.Browser();
        using var other = service.Browser();
        var steps = new Queue<(Browser Browser, PageView Page)>();
        foreach (var each in (Browser[])[one, other]) steps.Enqueue((each, await PagesService.SignInAsync(each, email)));

        var code = isRecovery ? codes[0] : app.Code;
        await AtOnceAsync(email, () =>
        {
            var (each, page) = steps.Dequeue();
            return each.PostAsync(page, "Go on", ("Code", code));
        });

        PageView[] views = [await one.GoAsync("/identity/security"), await other.GoAsync("/identity/security")];
        views.Select(view => view.Title).Order().ShouldBe(["Sign in", "Your sign-in"]);
    }

    /// <summary>Or it would stay behind the new password, and nobody would have been told.</summary>
    [Fact]
    public async Task Given_a_passkey_that_is_added_while_the_password_is_changed_Then_it_opens_nothing()
    {
        using var browser = service.Browser();
        using var key = new SoftwareAuthenticator();
        var email = await service.SignUpAsync(browser);
        using var other = service.Browser();
        await PagesService.SignInAsync(other, email);
        var adding = await other.GoAsync("/identity/passkeys/add");
        var changing = await browser.GoAsync("/identity/change-password");
        await using (var held = await BeginAsync())
        {
            await using (var hold = new NpgsqlCommand("lock table identity.passkeys in share mode", held))
                await hold.ExecuteNonQueryAsync();
            var added = other.PostAsync(
                adding, "Add a passkey", ("Credential", key.Create(PasskeyTests.OptionsOf(adding))));
            await Testing.Until.TrueAsync(async () => await WaitingAsync() == 1, "the passkey waits, and has read the login");
            var changed = await browser.PostAsync(
                changing, "Change the password",
                ("CurrentPassword", PagesService.Password), ("Password", PagesService.OtherPassword));
            ((int)changed.StatusCode).ShouldBe(303);
            await held.DisposeAsync();
            ((int)(await added).StatusCode).ShouldBe(409);
        }

        using var thief = service.Browser();
        (await PasskeyTests.SignInAsync(thief, key)).Status.ShouldBe(422);
    }

    [Fact, Control("S21")]
    public async Task Given_somebody_who_hangs_up_in_the_middle_Then_the_owner_is_told_and_it_stands_in_the_history()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var page = await browser.GoAsync("/identity/change-password");
        using var hangUp = new CancellationTokenSource();
        await using var held = await HoldAsync(email);
        var sent = browser.PostAsync(
            page, "Change the password", hangUp.Token,
            ("CurrentPassword", PagesService.Password), ("Password", PagesService.OtherPassword));
        await Testing.Until.TrueAsync(async () => await WaitingAsync() == 1, "it waits for the login");

        await hangUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sent);
        await held.DisposeAsync();

        await service.Mails.MailToAsync(email, "Your password was changed");
        using var owner = service.Browser();
        (await PagesService.SignInAsync(owner, email, PagesService.OtherPassword)).Text.ShouldContain("Password changed");
    }

    /// <summary>Both have read the login before either may change it.</summary>
    private async Task<HttpResponseMessage[]> AtOnceAsync(string email, Func<Task<HttpResponseMessage>> send)
    {
        await using var held = await HoldAsync(email);
        Task<HttpResponseMessage>[] both = [send(), send()];
        try
        {
            await Testing.Until.TrueAsync(async () => await WaitingAsync() == 2, "both wait for the login");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(
                $"{late.Message} {string.Join(", ", both.Select(Said))}; {await service.TextAsync(WhoWaits)}", late);
        }

        await held.DisposeAsync();
        return await Task.WhenAll(both);
    }

    private static string Said(Task<HttpResponseMessage> one) =>
        one.IsCompletedSuccessfully ? $"{(int)one.Result.StatusCode}" : $"{one.Status}";

    /// <summary>Nobody changes the login before this is given back.</summary>
    private async Task<NpgsqlConnection> HoldAsync(string email)
    {
        var connection = await BeginAsync();
        await using var hold = new NpgsqlCommand("""select 1 from identity.logins where "Id" = $1 for update""", connection);
        hold.Parameters.AddWithValue(await service.IdOfAsync(email));
        (await hold.ExecuteScalarAsync()).ShouldBe(1);
        return connection;
    }

    /// <summary>What is locked over it is free again once it is closed.</summary>
    private async Task<NpgsqlConnection> BeginAsync()
    {
        var connection = new NpgsqlConnection(service.Running.Database.Admin);
        await connection.OpenAsync();
        await connection.BeginTransactionAsync();
        return connection;
    }

    /// <summary>Those who wait for a login or what belongs to it: what goes on in the background may wait for something
    /// else.</summary>
    private Task<long> WaitingAsync() => service.CountAsync($"select count(*) {Waiting} and query like '%identity.%'");
}
