using EPerfect.PersonalData;
using EPerfect.Privacy.Requests;
using EPerfect.Privacy.Tests.Withholding;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.LegalHolds;

/// <summary>A key database from before knows nothing of what was ordered since. The service does.</summary>
public sealed class RestoringTheKeys(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly Guid held = Guid.CreateVersion7();
    private readonly Guid restricted = Guid.CreateVersion7();
    private readonly Guid free = Guid.CreateVersion7();

    [Fact]
    public async Task What_was_ordered_since_the_backup_holds_again_before_anything_can_be_destroyed_or_opened()
    {
        var host = await broker.CreateVirtualHostAsync(
            Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        TestDatabase restored;
        Sealed<Mandate> ofRestricted, ofFree;
        await using (var privacy = await StartAsync(database, host))
        {
            foreach (var person in (Guid[])[held, restricted, free]) await privacy.KnownAsync(person);
            ofRestricted = await SealedAsync(privacy, restricted);
            ofFree = await SealedAsync(privacy, free);
            var before = await HoldAsync(privacy, "case:1");
            await Until.TrueAsync(async () => await ReasonsAsync(privacy) is ["case:1"], "it is held");
            var lifted = await RestrictAsync(privacy, free, ofFree);

            restored = await postgres.RestoreBackupAsync(database, Token);

            await HoldAsync(privacy, "case:2");
            await ReleaseAsync(privacy, before);
            await Until.TrueAsync(async () => await ReasonsAsync(privacy) is ["case:2"], "another hold has taken its place");
            await RestrictAsync(privacy, restricted, ofRestricted);
            (await privacy.Client.PostWithKeyAsync($"{lifted}/withdrawal", new { })).EnsureSuccessStatusCode();
            await Until.TrueAsync(async () => await OpenAsync(privacy, ofFree) is Opened<Mandate>.Clear, "it is lifted");
        }

        await using var _ = restored;
        await using var again = await StartAsync(database, host, restored);

        (await ReasonsAsync(again)).ShouldBe(["case:2"], "what is held is held, and what was released is not held again");
        (await OpenAsync(again, ofRestricted)).ShouldBe(new Opened<Mandate>.Restricted());
        (await OpenAsync(again, ofFree)).ShouldBeOfType<Opened<Mandate>.Clear>();
        (await again.Services.GetRequiredService<Vault>().ShredAsync(
            held, DataGroup.Identity, Guid.CreateVersion7(), Token)).ShouldBeOfType<Shredding.Held>();
    }

    private Task<TestService> StartAsync(TestDatabase database, TestVirtualHost host, TestDatabase? keys = null) =>
        TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            host,
            database,
            configure: builder =>
            {
                if (keys is not null) builder.Configuration["ConnectionStrings:Keys"] = keys.Keys;
            },
            cancellationToken: Token);

    private async Task<string> HoldAsync(TestService privacy, string reason)
    {
        using var lawyer = privacy.Lawyer();
        using var officer = privacy.Lawyer("privacy-officer");
        var asked = await lawyer.PostWithKeyAsync(
            $"/api/privacy/people/{held}/holds", new { reason, groups = new[] { "identity" } });
        var hold = asked.EnsureSuccessStatusCode().Headers.Location!.OriginalString;
        (await officer.PostWithKeyAsync($"{hold}/approval", new { })).EnsureSuccessStatusCode();
        return hold;
    }

    private static async Task ReleaseAsync(TestService privacy, string hold)
    {
        using var lawyer = privacy.Lawyer();
        using var officer = privacy.Lawyer("privacy-officer");
        (await lawyer.PostWithKeyAsync($"{hold}/release", new { })).EnsureSuccessStatusCode();
        (await officer.PostWithKeyAsync($"{hold}/release/approval", new { })).EnsureSuccessStatusCode();
    }

    private static async Task<string> RestrictAsync(TestService privacy, Guid person, Sealed<Mandate> value)
    {
        var filed = await privacy.Client.PostWithKeyAsync(
            $"/api/privacy/people/{person}/requests", new { kind = "restriction" });
        var request = filed.EnsureSuccessStatusCode().Headers.Location!.OriginalString;
        await Until.TrueAsync(
            async () => await OpenAsync(privacy, value) is Opened<Mandate>.Restricted, "its processing is restricted");
        return request;
    }

    private async Task<string[]> ReasonsAsync(TestService privacy) =>
    [
        .. (await privacy.Services.GetRequiredService<Vault>().StateAsync(held, Token))
            .SelectMany(state => state.Holds).Select(hold => hold.Reason),
    ];

    private static Task<Sealed<Mandate>> SealedAsync(TestService privacy, Guid person) =>
        privacy.Services.GetRequiredService<Vault>().SealAsync(person, new Mandate("power of attorney"), Token);

    private static Task<Opened<Mandate>> OpenAsync(TestService privacy, Sealed<Mandate> value) =>
        privacy.Services.GetRequiredService<Vault>().OpenAsync(value, Token);
}
