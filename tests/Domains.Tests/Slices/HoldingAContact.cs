using System.Net;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Domains.Tests.Slices;

/// <summary>What Privacy orders to be kept is kept in this service's own vault, whatever comes late, again or out of
/// order.</summary>
public sealed class HoldingAContact(DomainsService domains) : IClassFixture<DomainsService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly Guid person = Guid.CreateVersion7();
    private readonly Guid hold = Guid.CreateVersion7();

    [Fact]
    public async Task An_erasure_that_waits_for_a_hold_goes_on_when_that_is_released()
    {
        var contact = await domains.RegisterContactAsync(person);
        await OrderAsync(held: true, version: 2);
        (await AppliedAsync(2)).ErasedBefore.ShouldBeEmpty();

        var erasure = await domains.Service.OrderErasureAsync(person);
        var proof = await domains.Service.ErasedAsync(erasure);
        var kept = proof.HeldBack.ShouldHaveSingleItem();
        (kept.Group, kept.Ground, kept.Until).ShouldBe(("contact", "case:2026-117", null));
        (await ReadAsync(contact)).ShouldBe(HttpStatusCode.OK, "kept, as it was");

        await OrderAsync(held: false, version: 4);
        await AppliedAsync(4);
        await Until.TrueAsync(
            async () => (await domains.Service.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 0 }, "the rest is erased");
        (await ReadAsync(contact)).ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Ordered_twice_and_at_once_it_is_one_hold_for_each_group_and_id()
    {
        await domains.RegisterContactAsync(person);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => OrderAsync(held: true, version: 2)));
        await AppliedAsync(2);
        await OrderAsync(held: true, version: 2);

        (await HoldsAsync()).ShouldBe([PersonHold.InVault(hold, person, DataGroup.Contact)]);
        (await domains.Service.HappenedAsync(PersonHold.StreamOf(hold))).ShouldBe(["hold_ordered", "hold_applied"]);
    }

    [Fact]
    public async Task An_end_that_overtakes_its_beginning_wins_and_a_placing_that_is_still_under_way_finds_it_ended()
    {
        await domains.RegisterContactAsync(person);
        await OrderAsync(held: false, version: 4);
        await AppliedAsync(4);
        await OrderAsync(held: true, version: 2);

        (await HoldsAsync()).ShouldBeEmpty();
        // As who was held up between reading the order and placing it.
        await domains.Service.Services.GetRequiredService<Vault>().HoldAsync(
            new LegalHold(PersonHold.InVault(hold, person, DataGroup.Contact), person, DataGroup.Contact, "case:2026-117", null),
            Token);
        (await HoldsAsync()).ShouldBeEmpty();
        (await domains.Service.ErasedAsync(await domains.Service.OrderErasureAsync(person))).HeldBack.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_erased_before_is_not_held_and_the_answer_says_so()
    {
        await domains.RegisterContactAsync(person);
        await domains.Service.ErasedAsync(await domains.Service.OrderErasureAsync(person));

        await OrderAsync(held: true, version: 2);

        (await AppliedAsync(2)).ErasedBefore.ShouldBe([DataGroup.Contact]);
    }

    private Task<Decision> OrderAsync(bool held, long version) =>
        domains.Service.Services.GetRequiredService<Writer>().WriteAsync(
            PersonHold.StreamOf(hold),
            "test",
            (work, ct) => work.ReceiveHoldAsync(
                new HoldOrdered(
                    hold, person, [DataGroup.Contact], "case:2026-117", Until: null, IsHeld: held, version,
                    DateTimeOffset.UtcNow),
                ct),
            Token);

    private Task<HoldApplied> AppliedAsync(long version) => Until.SomeAsync(
        async () =>
        {
            using var scope = domains.Service.Services.CreateScope();
            var state = await scope.ServiceProvider.GetRequiredService<Reader>()
                .LatestAsync<PersonHold>(PersonHold.StreamOf(hold), Token);
            return state?.Applied is { } applied && applied.OrderVersion == version ? applied : null;
        },
        $"order {version} is carried out");

    private async Task<Guid[]> HoldsAsync() =>
    [
        .. (await domains.Service.Services.GetRequiredService<Vault>().StateAsync(person, Token))
            .SelectMany(state => state.Holds).Select(one => one.Id),
    ];

    private async Task<HttpStatusCode> ReadAsync(Guid contact)
    {
        using var staff = domains.Service.As(domains.Service.Issuer.Token(staff: ["support"]));
        staff.DefaultRequestHeaders.Add("Opening-Purpose", "legal");
        staff.DefaultRequestHeaders.Add("Opening-Ground", "case:12");
        return (await staff.GetAsync($"/api/domains/contacts/{contact}", Token)).StatusCode;
    }
}
