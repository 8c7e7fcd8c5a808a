using EPerfect.Accounts.Credentials;
using EPerfect.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EPerfect.Accounts.Tests.Credentials;

public sealed class PasswordsTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Strangers_who_fill_their_queue_keep_nobody_waiting_who_was_here_before()
    {
        using var passwords = new Passwords(Options.Create(new PasswordHasherOptions { IterationCount = 50_000 }));
        var sprayed = Enumerable.Range(0, 400)
            .Select(_ => Task.Run(() => passwords.VerifyAsync(null, "wrong", isKnown: false, Token), Token)).ToArray();
        await Until.TrueAsync(
            () => Task.FromResult(sprayed.Any(guess => guess.Exception?.InnerException is TooBusyException)),
            "the queue is full");

        await passwords.VerifyAsync(null, "right", isKnown: true, Token);
        await passwords.HashAsync("chosen with a proof", Token);

        sprayed.Count(guess => !guess.IsCompleted).ShouldBeGreaterThan(0, "strangers are still waiting");
    }
}
