using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>Wrong passwords put an address to rest, not its owner.</summary>
[Collection(nameof(Alone))]
public sealed class GuessingPasswordsTests(PagesService service) : IClassFixture<PagesService>
{
    [Fact, Control("S21", "M7")]
    public async Task After_five_wrong_passwords_even_the_right_one_has_to_wait_a_minute()
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        using var stranger = service.Browser();
        await GuessAsync(stranger, email, times: 5);

        (await PagesService.SignInAsync(stranger, email)).Status.ShouldBe(422);
        service.Clock.Move(TimeSpan.FromSeconds(61));

        (await PagesService.SignInAsync(stranger, email)).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task The_wait_doubles_up_to_a_quarter_of_an_hour()
    {
        var email = PagesService.NewEmail();
        using var stranger = service.Browser();
        await GuessAsync(stranger, email, times: 5);

        foreach (var minutes in (int[])[1, 2, 4, 8, 15, 15])
        {
            (await RestsAsync(email)).ShouldBe(TimeSpan.FromMinutes(minutes), TimeSpan.FromSeconds(30));
            service.Clock.Move(TimeSpan.FromMinutes(minutes));
            await GuessAsync(stranger, email, times: 1);
        }
    }

    [Fact]
    public async Task The_owner_gets_in_at_once_with_a_device_that_is_known()
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        await owner.PressAsync(await owner.GoAsync("/identity/sign-out"), "Sign out");
        using var stranger = service.Browser();
        await GuessAsync(stranger, email, times: 7);

        (await PagesService.SignInAsync(owner, email)).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task A_known_device_has_no_more_tries_than_a_stranger()
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        await GuessAsync(owner, email, times: 5);

        (await PagesService.SignInAsync(owner, email)).Status.ShouldBe(422);
        using var elsewhere = service.Browser();
        (await PagesService.SignInAsync(elsewhere, email)).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task A_device_cookie_that_was_altered_or_is_another_persons_makes_no_known_device()
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        using var stranger = service.Browser();
        await service.SignUpAsync(stranger);
        await GuessAsync(stranger, email, times: 5);

        (await PagesService.SignInAsync(stranger, email)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_new_password_by_mail_works_at_once()
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        using var stranger = service.Browser();
        await GuessAsync(stranger, email, times: 6);
        using var elsewhere = service.Browser();
        await elsewhere.PressAsync(await elsewhere.GoAsync("/identity/forgotten-password"), "Send the link", ("Email", email));
        var page = await elsewhere.GoAsync(await service.LinkAsync(email, "Set a new password"));
        await elsewhere.PressAsync(page, "Set the password", ("Password", PagesService.OtherPassword));
        elsewhere.Forget("eperfect.device");

        (await PagesService.SignInAsync(elsewhere, email, PagesService.OtherPassword)).Title.ShouldBe("Your sign-in");
    }

    /// <summary>A stranger does all that can be done without a proof, and goes on.</summary>
    [Fact]
    public async Task Nobody_withholds_the_mail_that_lets_the_owner_in()
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        using var stranger = service.Browser();
        await GuessAsync(stranger, email, times: 7);
        await PressOftenAsync(stranger, "/identity/sign-up", "Sign up", email);

        using var elsewhere = service.Browser();
        await elsewhere.PressAsync(await elsewhere.GoAsync("/identity/forgotten-password"), "Send the link", ("Email", email));
        var page = await elsewhere.GoAsync(await service.LinkAsync(email, "Set a new password"));
        await elsewhere.PressAsync(page, "Set the password", ("Password", "olive saddle 29 meadow"));
        await GuessAsync(stranger, email, times: 7);
        (await PagesService.SignInAsync(elsewhere, email, "olive saddle 29 meadow")).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task Who_asks_for_the_owners_reset_too_often_has_sent_the_owner_a_good_link()
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        using var stranger = service.Browser();
        await PressOftenAsync(stranger, "/identity/forgotten-password", "Send the link", email);

        service.Clock.Move(TimeSpan.FromMinutes(15));
        var page = await owner.GoAsync(await service.LinkAsync(email, "Set a new password"));
        await owner.PressAsync(page, "Set the password", ("Password", PagesService.OtherPassword));

        (await PagesService.SignInAsync(owner, email, PagesService.OtherPassword)).Title.ShouldBe("Your sign-in");
        var sent = (await service.Mails.MailsToAsync(email)).Count(mail => mail.Subject == "Set a new password");
        await owner.PressAsync(await owner.GoAsync("/identity/forgotten-password"), "Send the link", ("Email", email));
        await Testing.Until.TrueAsync(
            async () => (await service.Mails.MailsToAsync(email)).Count(mail => mail.Subject == "Set a new password") > sent,
            "once it was used, another one can be had at once");
    }

    [Fact]
    public async Task Who_wants_to_move_to_an_address_does_not_withhold_the_mail_of_who_signs_up_with_it()
    {
        using var stranger = service.Browser();
        await service.SignUpAsync(stranger);
        using var owner = service.Browser();
        var email = PagesService.NewEmail();
        await PressOftenAsync(stranger, "/identity/change-email", "Send the link", email);

        await service.SignUpAsync(owner, email);
    }

    private static async Task PressOftenAsync(Browser browser, string path, string button, string email)
    {
        for (var i = 0; i < 7; i++) await browser.PressAsync(await browser.GoAsync(path), button, ("Email", email));
    }

    [Fact]
    public async Task A_hundred_at_once_are_not_more_than_the_allowed_few()
    {
        var email = PagesService.NewEmail();
        using var stranger = service.Browser();
        var page = await stranger.GoAsync("/identity/sign-in");
        using var hashes = new CountedHashes();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            stranger.PostAsync(page, "Sign in", ("Email", email), ("Password", PagesService.OtherPassword))));

        hashes.Count.ShouldBe(5);
    }

    private static async Task GuessAsync(Browser stranger, string email, int times)
    {
        var page = await stranger.GoAsync("/identity/sign-in");
        for (var i = 0; i < times; i++)
        {
            using var answer = await stranger.PostAsync(
                page, "Sign in", ("Email", email), ("Password", PagesService.OtherPassword));
            ((int)answer.StatusCode).ShouldBe(422);
        }
    }

    private async Task<TimeSpan> RestsAsync(string email)
    {
        var index = service.Running.Services.GetRequiredService<BlindIndex>().ForEmail(email);
        await using var source = NpgsqlDataSource.Create(service.Running.Database.Admin);
        await using var command = source.CreateCommand(
            $"select rests_until from identity.attempts where key = 'password:{index}:'");
        var until = (DateTime)(await command.ExecuteScalarAsync())!;
        return new DateTimeOffset(until) - service.Clock.GetUtcNow();
    }
}
