using Npgsql;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>A double click, or two windows: one of two does it, the other hears of it.</summary>
public sealed class SentTwiceTests(PagesService service) : IClassFixture<PagesService>
{
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

    /// <summary>Both have read the login before either may change it.</summary>
    private async Task<HttpResponseMessage[]> AtOnceAsync(string email, Func<Task<HttpResponseMessage>> send)
    {
        await using var source = NpgsqlDataSource.Create(service.Running.Database.Admin);
        await using var connection = await source.OpenConnectionAsync();
        await using var held = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand(
            """select 1 from identity.logins where "Id" = $1 for update""", connection, held);
        hold.Parameters.AddWithValue(await service.IdOfAsync(email));
        (await hold.ExecuteScalarAsync()).ShouldBe(1);
        var both = Task.WhenAll(send(), send());
        await Testing.Until.TrueAsync(async () => await WaitingAsync() == 2, "both wait for the login");
        await held.CommitAsync();
        return await both;
    }

    private Task<long> WaitingAsync() => service.CountAsync(
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
}
