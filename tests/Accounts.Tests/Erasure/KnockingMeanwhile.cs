using EPerfect.Accounts.Tests.Pages;
using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Accounts.Tests.Erasure;

/// <summary>Whoever comes to the door while a person is being erased, or part of that is held: the person, or a
/// stranger.</summary>
public sealed class KnockingMeanwhile(PostgresServer postgres)
{
    private const string Password = "correct horse battery quetzal";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    /// <summary>What is found in clear may stop an erasure for days. What begins meanwhile would go with the sign-in.</summary>
    [Fact]
    public async Task Given_an_erasure_that_is_stopped_Then_the_sign_in_that_will_go_opens_nothing_any_more()
    {
        await using var accounts = await TestService.StartAsync(AccountsModule.Define(), postgres, cancellationToken: Token);
        using var browser = new Browser(accounts);
        var (account, login) = await Somebody.LivesAsync(accounts);
        (await PagesService.SignInAsync(browser, Somebody.Email, Password)).Title.ShouldBe("Your sign-in");
        using var person = Somebody.Of(accounts, account, login);
        await PlantAsync(accounts);

        var erasure = await accounts.OrderErasureAsync(account);
        await Until.TrueAsync(
            async () => (await accounts.HappenedAsync(erasure)).Contains("erasure_stopped"), "it is stopped");

        (await browser.GoAsync("/identity/security")).Title.ShouldBe("Sign in", "the session has ended");
        (await PagesService.SignInAsync(browser, Somebody.Email, Password)).Problems
            .ShouldBe(["The e-mail address or the password is not right."]);
        var again = await person.PostWithKeyAsync("/api/accounts", Somebody.Profile(Somebody.Email));
        (await again.ProblemCodeAsync()).ShouldBe("email-not-yours", "an account whose only owner is about to go");
    }

    [Theory]
    [InlineData(DataGroup.Identity)]
    [InlineData(DataGroup.Logs)]
    [InlineData(DataGroup.Communications)]
    public async Task Given_a_person_who_is_erased_but_for_what_is_held_Then_a_stranger_is_answered_like_for_nobody(
        DataGroup held)
    {
        await using var accounts = await TestService.StartAsync(AccountsModule.Define(), postgres, cancellationToken: Token);
        var (account, login) = await Somebody.LivesAsync(accounts);
        await accounts.Services.GetRequiredService<Vault>().HoldAsync(
            new LegalHold(Guid.CreateVersion7(), login, held, "case:2026-121", until: null), Token);
        (await accounts.ErasedAsync(await accounts.OrderErasureAsync(account))).HeldBack.ShouldNotBeEmpty();
        using var stranger = new Browser(accounts);

        foreach (var email in (string[])[Somebody.Email, "nobody@mail.example"])
        {
            var page = await PagesService.SignInAsync(stranger, email, Password);
            (page.Status, page.Title).ShouldBe((422, "Sign in"), email);
            foreach (var (path, button) in ((string, string)[])
                [("/identity/sign-up", "Sign up"), ("/identity/forgotten-password", "Send the link")])
            {
                page = await stranger.PressAsync(await stranger.GoAsync(path), button, ("Email", email));
                (page.Status, page.Title).ShouldBe((200, "Look into your mailbox"), $"{path} {email}");
            }
        }
    }

    /// <summary>The person's address, where none is looked for.</summary>
    private static async Task PlantAsync(TestService accounts)
    {
        await using var admin = NpgsqlDataSource.Create(accounts.Database.Admin);
        await using var command = admin.CreateCommand("update identity.migrations set \"ProductVersion\" = $1");
        command.Parameters.AddWithValue(Somebody.Email);
        (await command.ExecuteNonQueryAsync(Token)).ShouldBeGreaterThan(0);
    }
}
