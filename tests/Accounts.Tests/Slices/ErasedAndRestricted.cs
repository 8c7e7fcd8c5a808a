using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Accounts.Tests.Staff;
using EPerfect.PersonalData;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Slices;

public sealed class ErasedAndRestricted(AccountsService accounts) : IClassFixture<AccountsService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_erased_part_is_null_and_the_rest_stays()
    {
        var path = await accounts.OpenAsync();
        await Shred(path, DataGroup.Contact);

        var account = await (await accounts.Client.GetAsync(path)).JsonAsync();

        account["erased"]!.GetValue<bool>().ShouldBeTrue();
        foreach (var part in (string[])["email", "phone", "address"])
        {
            account.TryGetPropertyValue(part, out JsonNode? value).ShouldBeTrue();
            value.ShouldBeNull();
        }

        account["name"]!.GetValue<string>().ShouldBe("Ann Canary");
    }

    [Fact]
    public async Task When_nothing_of_the_person_is_left_the_account_is_gone()
    {
        var path = await accounts.OpenAsync();
        await accounts.Client.PutAsync($"{path}/billing", AccountsService.Billing());
        await Shred(path, DataGroup.Identity);
        await Shred(path, DataGroup.Contact);
        (await accounts.Client.GetAsync(path)).StatusCode
            .ShouldBe(HttpStatusCode.OK, "what tax law keeps is still shown");
        await Shred(path, DataGroup.Billing);

        var read = await accounts.Client.GetAsync(path);

        read.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await read.ProblemCodeAsync()).ShouldBe("erased");
    }

    [Fact]
    public async Task Nothing_new_is_collected_about_who_was_erased()
    {
        var path = await accounts.OpenAsync();
        await Shred(path, DataGroup.Contact);

        (await accounts.Running.ChangeProfileAsync(path, AccountsService.Profile())).StatusCode
            .ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_restricted_part_is_null_for_support_until_the_restriction_ends_and_not_for_the_person()
    {
        var path = await accounts.OpenAsync();
        await accounts.Get<Vault>().RestrictAsync(AccountsService.IdOf(path), DataGroup.Identity, order: 1, Token);

        using var support = await accounts.Running.StaffAsync("support");
        support.DefaultRequestHeaders.Add("Opening-Purpose", "support");
        support.DefaultRequestHeaders.Add("Opening-Ground", "ticket:4711");
        var own = await (await accounts.Client.GetAsync(path)).JsonAsync();
        own["name"]!.GetValue<string>().ShouldBe("Ann Canary");
        var account = await (await support.GetAsync(path)).JsonAsync();
        (account["name"], account["restricted"]!.GetValue<bool>(), account["erased"]!.GetValue<bool>())
            .ShouldBe((null, true, false));

        await accounts.Get<Vault>().LiftRestrictionAsync(AccountsService.IdOf(path), DataGroup.Identity, order: 2, Token);
        account = await (await support.GetAsync(path)).JsonAsync();
        account["name"]!.GetValue<string>().ShouldBe("Ann Canary");
    }

    private Task<Shredding> Shred(string path, DataGroup group) =>
        accounts.Get<Vault>().ShredAsync(AccountsService.IdOf(path), group, Guid.CreateVersion7(), Token);
}
