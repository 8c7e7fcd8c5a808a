using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>Wrong passwords put an address to rest, not its owner.</summary>
[Collection(nameof(Alone))]
public sealed class GuessingPasswordsTests(PagesService service) : IClassFixture<PagesService>
{
    [Fact, Control("S21")]
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
