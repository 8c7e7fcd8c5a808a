using System.Net;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Domains.Tests.Slices;

/// <summary>What Privacy orders holds in this service's own vault, whatever comes late, again or out of order.</summary>
public sealed class RestrictingAContact(DomainsService domains) : IClassFixture<DomainsService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly Guid person = Guid.CreateVersion7();

    [Fact]
    public async Task Who_is_restricted_is_kept_and_not_used_and_reads_the_own_data()
    {
        var before = await domains.RegisterContactAsync(person);
        await OrderAsync(restricted: true, version: 3);
        await AppliedAsync(3);
        var after = await domains.RegisterContactAsync(person);

        foreach (var contact in new[] { before, after })
        {
            (await ReadAsync(contact, "support", "ticket:4711")).ShouldBe((HttpStatusCode.Locked, "restricted"));
            // To establish, exercise or defend legal claims, and to protect another's rights (GDPR Art. 18(2)).
            (await ReadAsync(contact, "legal", "case:12")).Status.ShouldBe(HttpStatusCode.OK);
            (await ReadAsync(contact, "abuse", "case:12")).Status.ShouldBe(HttpStatusCode.OK);
            var own = await domains.Client.GetAsync($"/api/domains/contacts/{contact}", Token);
            own.StatusCode.ShouldBe(HttpStatusCode.OK, "the person's own");
        }

        await OrderAsync(restricted: false, version: 5);
        await AppliedAsync(5);
        (await ReadAsync(after, "support", "ticket:4711")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_end_that_overtakes_its_beginning_wins_and_a_repeat_changes_nothing()
    {
        var contact = await domains.RegisterContactAsync(person);
        await OrderAsync(restricted: false, version: 5);
        await AppliedAsync(5);
        await OrderAsync(restricted: true, version: 3);
        await OrderAsync(restricted: false, version: 5);

        (await ReadAsync(contact, "support", "ticket:4711")).Status.ShouldBe(HttpStatusCode.OK);
        (await domains.Service.HappenedAsync(PersonRestriction.StreamOf(person)))
            .ShouldBe(["restriction_ordered", "restriction_applied"]);
    }

    [Fact]
    public async Task Who_is_erased_stays_erased_and_who_is_restricted_can_be_erased()
    {
        var contact = await domains.RegisterContactAsync(person);
        await OrderAsync(restricted: true, version: 3);
        await AppliedAsync(3);

        var proof = await domains.Service.ErasedAsync(await domains.Service.OrderErasureAsync(person));
        await OrderAsync(restricted: false, version: 5);
        await AppliedAsync(5);
        await OrderAsync(restricted: true, version: 7);
        await AppliedAsync(7);

        proof.Search.Texts.ShouldBeGreaterThan(3, "also what is restricted is looked for in clear");
        (await ReadAsync(contact, "legal", "case:12")).ShouldBe((HttpStatusCode.Gone, "erased"));
        var states = await domains.Service.Services.GetRequiredService<Vault>().StateAsync(person, Token);
        states.ShouldAllBe(state => state.Keys == KeyStanding.Shredded);
    }

    private Task<Decision> OrderAsync(bool restricted, long version) =>
        domains.Service.Services.GetRequiredService<Writer>().WriteAsync(
            PersonRestriction.StreamOf(person),
            "test",
            (work, ct) => work.ReceiveRestrictionAsync(
                new RestrictionOrdered(person, restricted, version, DateTimeOffset.UtcNow), ct),
            Token);

    private Task AppliedAsync(long version) => Until.TrueAsync(
        async () =>
        {
            var reader = domains.Service.Services.GetRequiredService<IServiceScopeFactory>().CreateScope();
            var state = await reader.ServiceProvider.GetRequiredService<Reader>()
                .LatestAsync<PersonRestriction>(PersonRestriction.StreamOf(person), Token);
            return state?.AppliedVersion == version;
        },
        $"order {version} is carried out");

    private async Task<(HttpStatusCode Status, string? Code)> ReadAsync(Guid contact, string purpose, string ground)
    {
        using var staff = domains.Service.As(domains.Service.Issuer.Token(staff: ["support"]));
        staff.DefaultRequestHeaders.Add("Opening-Purpose", purpose);
        staff.DefaultRequestHeaders.Add("Opening-Ground", ground);
        var answer = await staff.GetAsync($"/api/domains/contacts/{contact}", Token);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : await answer.ProblemCodeAsync());
    }
}
