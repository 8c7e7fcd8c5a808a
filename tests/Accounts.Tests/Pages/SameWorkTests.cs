using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Tests.OpenId;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>As much is asked of the database for an address that nobody has: time that is not spent can be measured.</summary>
[Collection(nameof(Alone))]
public sealed class SameWorkTests(PagesService service) : IClassFixture<PagesService>
{
    [Fact]
    public async Task A_wrong_password_costs_the_same_for_known_and_unknown_addresses()
    {
        using var owner = service.Browser();
        var known = await service.SignUpAsync(owner);
        var unknown = PagesService.NewEmail();

        // The first failure of the hour begins the entry that the next ones are counted in.
        await WorkOfAsync(known);
        await WorkOfAsync(unknown);
        var (ofKnown, ofUnknown) = (await WorkOfAsync(known), await WorkOfAsync(unknown));

        ofKnown.ShouldBeGreaterThan(2);
        ofUnknown.ShouldBe(ofKnown);
    }

    [Fact]
    public async Task From_where_nobody_failed_to_sign_in_is_not_kept()
    {
        await WorkOfAsync(PagesService.NewEmail(), from: "198.51.100.9");
        await WorkOfAsync(PagesService.NewEmail(), from: "198.51.100.10");

        (await service.CountAsync($"select count(*) from identity.activity where \"LoginId\" = '{Activity.Nobody:D}'"))
            .ShouldBe(1, "one entry for all places");
    }

    private async Task<int> WorkOfAsync(string email, string from = "198.51.100.9")
    {
        using var stranger = service.Browser(from);
        var page = await stranger.GoAsync("/identity/sign-in");
        // The vault looks now and then whether keys were destroyed, whoever comes at that moment.
        using var counted = new CountedStatements(except: "keys");
        await stranger.PressAsync(page, "Sign in", ("Email", email), ("Password", PagesService.OtherPassword));
        return counted.Count;
    }
}
