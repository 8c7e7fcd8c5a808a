using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>Each change of a consent gives a receipt that anybody verifies without us.</summary>
public sealed class ConsentReceipts(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    private readonly string person = PrivacyService.NewPerson();

    [Fact, Control("S11")]
    public async Task Giving_and_withdrawing_each_give_one_and_it_verifies_offline()
    {
        await ChangeAsync(given: true);
        await ChangeAsync(given: true);
        await ChangeAsync(given: false);

        var receipts = await ReceiptsAsync();
        var keys = JsonWebKeySet.Create(await privacy.Client.GetStringAsync("/api/privacy/keys"));

        receipts.Count.ShouldBe(2);
        var read = await Task.WhenAll(receipts.Select(receipt => VerifyAsync(receipt, keys)));
        read.Select(receipt => receipt["event"]!["event_state"]!.GetValue<string>()).ShouldBe(["given", "withdrawn"]);
    }

    [Fact]
    public async Task It_has_the_fields_of_the_standard()
    {
        await ChangeAsync(given: true);

        var receipt = JsonNode.Parse(Base64UrlEncoder.Decode((await ReceiptsAsync())[0].Split('.')[1]))!.AsObject();

        receipt.Select(field => field.Key).ShouldBe(
        [
            "schema_version", "record_id", "pii_principal_id", "privacy_notice", "language", "purposes",
            "party_identification", "event",
        ]);
        receipt["privacy_notice"]!["sha256"]!.GetValue<string>()
            .ShouldBe("d3ceed4b14f32650413adcab7db9a16849e770c3570992fe790058dc2fecf70a");
        var purpose = receipt["purposes"]!.AsArray().ShouldHaveSingleItem()!;
        purpose["purpose"]!.GetValue<string>().ShouldBe("partner-sharing");
        purpose["lawful_basis"]!.GetValue<string>().ShouldBe("consent");
        purpose["pii_information"]!.AsArray().Select(x => x!["pii_type"]!.GetValue<string>())
            .ShouldBe(["identity", "contact", "account"]);
    }

    [Fact]
    public async Task What_the_browser_says_gives_one_too()
    {
        await privacy.Client.PutAsync($"{person}/signals/global-privacy-control", null);
        var receipt = JsonNode.Parse(Base64UrlEncoder.Decode((await ReceiptsAsync()).ShouldHaveSingleItem().Split('.')[1]))!;
        receipt["event"]!["event_state"]!.GetValue<string>().ShouldBe("withdrawn");
        receipt["purposes"]![0]!["collection_method"]!.GetValue<string>().ShouldBe("gpc");
    }

    [Fact]
    public async Task Read_again_it_says_the_same()
    {
        await ChangeAsync(given: true);
        (await ReceiptsAsync())[0].Split('.')[..2].ShouldBe((await ReceiptsAsync())[0].Split('.')[..2]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task There_is_none_for_what_never_happened(int number)
    {
        await ChangeAsync(given: true);
        (await privacy.Client.GetAsync($"{person}/consents/receipts/{number}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact, Control("S9")]
    public async Task Nobody_else_gets_it()
    {
        await ChangeAsync(given: true);
        using var other = privacy.Running.As(privacy.Running.Issuer.Owner(Guid.CreateVersion7()));
        (await other.GetAsync($"{person}/consents/receipts/1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<HttpResponseMessage> ChangeAsync(bool given) =>
        privacy.Client.PutAsync($"{person}/consents/partner-sharing", new { given, policySet = 1 });

    private async Task<List<string>> ReceiptsAsync()
    {
        var receipts = new List<string>();
        foreach (var choice in (await privacy.ReadAsync($"{person}/consents"))["history"]!.AsArray())
            receipts.Add(await privacy.Client.GetStringAsync(choice!["receipt"]!.GetValue<string>()));
        return receipts;
    }

    private static async Task<JsonObject> VerifyAsync(string receipt, JsonWebKeySet keys)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(receipt, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidTypes = ["consent-receipt+jwt"],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireExpirationTime = false,
        });
        result.IsValid.ShouldBeTrue();
        return JsonNode.Parse(Base64UrlEncoder.Decode(receipt.Split('.')[1]))!.AsObject();
    }
}
