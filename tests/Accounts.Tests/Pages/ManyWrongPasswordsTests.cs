using System.Diagnostics;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>Ten thousand wrong passwords from many addresses neither lock the owner out nor slow others.</summary>
[Collection(nameof(Alone))]
public sealed class ManyWrongPasswordsTests(PagesService service) : IClassFixture<PagesService>
{
    private const int Guesses = 10_000;
    private const int AtOnce = 200;

    [Fact]
    public async Task Ten_thousand_wrong_passwords_are_a_nuisance_to_nobody_but_their_sender()
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        using var somebody = service.Browser();
        var another = await service.SignUpAsync(somebody);
        var calm = await SignInTimeAsync(somebody, another);
        using var hashes = new CountedHashes();

        var attack = AttackAsync(email);
        var busy = await SignInTimeAsync(somebody, another);
        (await PagesService.SignInAsync(owner, email)).Title.ShouldBe("Your sign-in");
        using var elsewhere = service.Browser();
        await elsewhere.PressAsync(await elsewhere.GoAsync("/identity/forgotten-password"), "Send the link", ("Email", email));
        var reset = await elsewhere.GoAsync(await service.LinkAsync(email, "Set a new password"));
        attack.IsCompleted.ShouldBeFalse();
        await attack;

        // A dozen of them are of the two who belong here.
        hashes.Count.ShouldBeLessThan(25);
        (busy / calm).ShouldBeLessThan(6);
        (await RowsAsync(email)).ShouldBeLessThan(25);
        await elsewhere.PressAsync(reset, "Set the password", ("Password", PagesService.OtherPassword));
        (await PagesService.SignInAsync(elsewhere, email, PagesService.OtherPassword)).Title.ShouldBe("Your sign-in");
    }

    /// <summary>One guess at each of very many addresses: none rests, and each costs a hash.</summary>
    [Fact]
    public async Task Sprayed_passwords_keep_strangers_waiting_and_not_who_was_here_before()
    {
        using var owner = service.Browser();
        var email = await service.SignUpAsync(owner);
        using var over = new CancellationTokenSource();
        var refused = 0;
        var spraying = Task.WhenAll(Enumerable.Range(0, 350).Select(
            number => SprayAsync(number, () => Interlocked.Increment(ref refused), over.Token)));
        await Testing.Until.TrueAsync(() => Task.FromResult(refused > 20), "strangers are sent away");

        (await PagesService.SignInAsync(owner, email)).Title.ShouldBe("Your sign-in");

        await over.CancelAsync();
        await spraying;
    }

    private async Task SprayAsync(int number, Action refused, CancellationToken over)
    {
        using var bot = service.Browser($"198.51.{number / 250}.{number % 250}");
        var form = await bot.GoAsync("/identity/sign-in");
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var answer = await bot.PostAsync(
                    form, "Sign in", over, ("Email", PagesService.NewEmail()), ("Password", PagesService.OtherPassword));
                if ((int)answer.StatusCode != 503) continue;
                answer.Headers.RetryAfter.ShouldNotBeNull();
                refused();
                await Task.Delay(200, over);
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }

    private async Task AttackAsync(string email)
    {
        var left = Guesses;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async number =>
        {
            using var bot = service.Browser($"198.51.{number / 250}.{number % 250}");
            var form = await bot.GoAsync("/identity/sign-in");
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var answer = await bot.PostAsync(
                    form, "Sign in", ("Email", email), ("Password", PagesService.OtherPassword));
                ((int)answer.StatusCode).ShouldBe(422);
            }
        }));
    }

    /// <returns>The median of some sign-ins.</returns>
    private static async Task<double> SignInTimeAsync(Browser browser, string email)
    {
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            (await PagesService.SignInAsync(browser, email)).Title.ShouldBe("Your sign-in");
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(2);
    }

    private async Task<long> RowsAsync(string email) => await service.CountAsync(
        $"""select count(*) from identity.activity where "LoginId" = '{await service.IdOfAsync(email)}'""");
}
