using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People.Reactions;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using C = EPerfect.Contracts.Accounts;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>A set that is accepted before it is known here is settled by a deadline, on the test's clock.</summary>
public sealed class SettlingLate(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_the_set_appears_it_is_acknowledged_and_when_it_never_does_it_is_refused()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var texts = ShippedTexts.Read();
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        var (soon, never) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var early = await StartAsync(database, clock, new ShippedTexts([])))
        {
            await OpenAsync(early, soon, policySet: 1, clock.GetUtcNow());
            await OpenAsync(early, never, policySet: 99, clock.GetUtcNow());
        }

        await using var privacy = await StartAsync(database, clock, texts);
        clock.Advance(TimeSpan.FromSeconds(11));
        await Until.TrueAsync(async () => await CountAsync(privacy, soon, "accepted") == 1, "the set is acknowledged");
        await Until.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromHours(5));
                return await CountAsync(privacy, never, "refused") == 1;
            },
            "the unknown set is refused");

        (await CountAsync(privacy, soon, "refused")).ShouldBe(0);
        (await CountAsync(privacy, never, "accepted")).ShouldBe(0);
    }

    private Task<TestService> StartAsync(TestDatabase database, TimeProvider clock, ShippedTexts texts) =>
        TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            database: database,
            clock: clock,
            configure: builder => builder.Services.AddSingleton(texts),
            cancellationToken: Token);

    private static Task<Decision> OpenAsync(TestService privacy, Guid id, int policySet, DateTimeOffset at)
    {
        var message = new C.AccountOpened(id, "customer", policySet, at, 1);
        return privacy.HearAsync(ActivatorUtilities.CreateInstance<AccountOpenedReaction>(privacy.Services), message);
    }

    private static async Task<int> CountAsync(TestService privacy, Guid id, string what) =>
        (await (await privacy.Client.GetAsync($"/api/privacy/people/{id}/acknowledgements", Token)).JsonAsync())[what]!
            .AsArray().Count;
}
