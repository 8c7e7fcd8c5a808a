using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Slices;

/// <summary>
/// From the first stored event on, no personal datum rests in clear: every table of both databases, and the log, are
/// searched.
/// </summary>
public sealed class NothingInClear(AccountsService accounts) : IClassFixture<AccountsService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory, Control("S5/sealed", "M1")]
    [InlineData("name", "Quintessa Zwyxnabel")]
    [InlineData("email", "zwyx.mailbox@clear-canary.example")]
    [InlineData("phone", "+12025550187")]
    [InlineData("street", "77 Zwyxstreet")]
    [InlineData("city", "Zwyxtown")]
    [InlineData("postalCode", "ZW7YX")]
    public async Task What_a_person_gave_is_found_nowhere(string field, string canary)
    {
        var path = await accounts.OpenAsync();
        await accounts.Client.PutAsync($"{path}/billing", AccountsService.Billing());
        var profile = AccountsService.Profile();
        Put(profile, field, canary);
        (await accounts.Running.ChangeProfileAsync(path, profile)).IsSuccessStatusCode.ShouldBeTrue();
        var opened = AccountsService.Body();
        Put(opened, field, field == "email" ? "Other." + canary : canary);
        (await accounts.Running.OpenAsync(opened)).IsSuccessStatusCode.ShouldBeTrue();
        var refused = AccountsService.Body();
        Put(refused, field, canary + "\u0001");
        await accounts.Client.PostWithKeyAsync("/api/accounts", refused);

        // JSON may write the + as \u002B.
        canary = canary.TrimStart('+');
        (await accounts.Client.GetStringAsync(path)).ShouldContain(canary);
        (await DatabaseText.TablesWithAsync(accounts.Running.Database.Admin, canary, Token)).ShouldBeEmpty();
        (await DatabaseText.TablesWithAsync(KeysAsAdmin(), canary, Token)).ShouldBeEmpty();
        accounts.Running.Log.Lines.ShouldNotContain(line => line.Contains(canary, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_search_finds_what_is_there()
    {
        var path = await accounts.OpenAsync();
        var id = AccountsService.IdOf(path).ToString();
        (await DatabaseText.TablesWithAsync(accounts.Running.Database.Admin, id, Token))
            .ShouldContain("store.mt_streams");
    }

    [Fact, Control("S5/sealed")]
    public async Task A_payment_token_rests_sealed_too()
    {
        var path = await accounts.OpenAsync();
        var billing = AccountsService.Billing();
        billing["paymentMethodToken"] = "tok_zwyxcanary";
        await accounts.Client.PutAsync($"{path}/billing", billing);
        (await DatabaseText.TablesWithAsync(accounts.Running.Database.Admin, "tok_zwyxcanary", Token)).ShouldBeEmpty();
    }

    private string KeysAsAdmin() => accounts.Running.Database.Admin.Replace(
        accounts.Running.Database.Name, accounts.Running.Database.KeysName, StringComparison.Ordinal);

    private static void Put(JsonObject body, string field, string canary)
    {
        if (field is "name" or "email" or "phone") body[field] = canary;
        else if (field == "street") body["address"]!["street"] = new JsonArray(canary);
        else body["address"]![field] = canary;
    }
}
