using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EPerfect.Accounts.Tests.Erasure;

/// <summary>What a legal hold keeps of a person who is erased stays until the hold ends, whatever happens meanwhile.</summary>
public sealed class KeepingWhatIsHeld(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_restart_destroys_nothing_that_is_held_of_one_id_although_the_same_group_of_another_is_gone()
    {
        await using var database = await postgres.CreateDatabaseAsync("accounts", ct: Token);
        Guid account, login, erasure;
        var hold = Guid.CreateVersion7();
        await using (var before = await StartAsync(database))
        {
            (account, login) = await Somebody.LivesAsync(before);
            await before.Services.GetRequiredService<Vault>().HoldAsync(
                new LegalHold(hold, login, DataGroup.Identity, "case:2026-118", until: null), Token);
            erasure = await before.OrderErasureAsync(account);
            (await before.ErasedAsync(erasure)).HeldBack.ShouldHaveSingleItem().Group.ShouldBe("identity");
            (await StandingAsync(before, account)).ShouldBe(KeyStanding.Shredded);
        }

        await using var again = await StartAsync(database);

        (await StandingAsync(again, login)).ShouldBe(KeyStanding.Active);
        (await StandingAsync(again, account)).ShouldBe(KeyStanding.Shredded);
        var vault = again.Services.GetRequiredService<Vault>();
        (await vault.EndHoldAsync(hold, Token)).ShouldBeTrue();
        clock.Advance(TimeSpan.FromMinutes(11));
        await Until.TrueAsync(
            async () => (await again.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 0 }, "the rest is erased");
        (await StandingAsync(again, login)).ShouldBe(KeyStanding.Shredded);
    }

    private Task<TestService> StartAsync(TestDatabase database) => TestService.StartAsync(
        AccountsModule.Define(), postgres, database: database, clock: clock, cancellationToken: Token);

    private static async Task<KeyStanding> StandingAsync(TestService accounts, Guid subject) =>
        (await accounts.Services.GetRequiredService<Vault>().StateAsync(subject, Token))
            .Single(state => state.Group == DataGroup.Identity).Keys;
}
