using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Erasure;

/// <summary>A restriction leaves nothing behind that an erasure would have to answer for.</summary>
public sealed class ErasingWhoWasRestricted(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Who_is_or_was_restricted_is_erased_and_only_keys_that_sealed_something_are_counted(bool isLifted)
    {
        await using var accounts = await TestService.StartAsync(AccountsModule.Define(), postgres, cancellationToken: Token);
        var (account, _) = await Somebody.LivesAsync(accounts);
        await OrderAsync(accounts, account, isRestricted: true, version: 2);
        if (isLifted) await OrderAsync(accounts, account, isRestricted: false, version: 3);

        var proof = await accounts.ErasedAsync(await accounts.OrderErasureAsync(account));

        proof.Groups.Sum(group => group.Keys).ShouldBe(6, "as of who never was");
        proof.Search.Texts.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Of_somebody_of_whom_the_service_holds_nothing_no_key_is_said_to_be_destroyed()
    {
        await using var accounts = await TestService.StartAsync(AccountsModule.Define(), postgres, cancellationToken: Token);
        var nobody = Guid.CreateVersion7();
        await OrderAsync(accounts, nobody, isRestricted: true, version: 2);

        var proof = await accounts.ErasedAsync(await accounts.OrderErasureAsync(nobody));

        (proof.Groups.Sum(group => group.Keys), proof.Search.Texts).ShouldBe((0, 0), "so that it can be certified");
    }

    private static async Task OrderAsync(TestService accounts, Guid account, bool isRestricted, long version)
    {
        var order = new RestrictionOrdered(account, isRestricted, version, DateTimeOffset.UtcNow);
        await accounts.Services.GetRequiredService<Writer>().WriteAsync(
            PersonRestriction.StreamOf(account), "test", (work, ct) => work.ReceiveRestrictionAsync(order, ct), Token);
        await Until.TrueAsync(
            async () =>
            {
                await using var session = accounts.Services.GetRequiredService<IDocumentStore>().QuerySession();
                var state = await session.LoadAsync<PersonRestriction>(PersonRestriction.StreamOf(account), Token);
                return state?.AppliedVersion == version;
            },
            "it is carried out");
    }
}
