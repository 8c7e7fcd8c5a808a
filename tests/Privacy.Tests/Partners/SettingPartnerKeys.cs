using System.Net;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using static EPerfect.Privacy.Tests.Partners.GivenPartners;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>The key that personal data is encrypted to is the partner's own business.</summary>
public sealed class SettingPartnerKeys(PrivacyService service) : IClassFixture<PrivacyService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Fact, Control("S11")]
    public void Without_a_key_nobody_agrees_on_who_customers_are()
    {
        ProposeAgreement.Decide(Registered, Shared, Declared, Proposer, Given.Now).Refusal!.Code.ShouldBe("partner-key-missing");
        ProposeAgreement.Decide(Registered, Agreed, Declared, Proposer, Given.Now).Refusal.ShouldBeNull();
    }

    [Fact]
    public void When_it_begins_to_hold_and_with_each_other_key_everybody_is_asked_for()
    {
        var partner = (Registered with { Key = Key("one") }).Agreeing(Shared);
        partner.AskingRound.ShouldBe(1);

        var next = Key("two");
        SetPartnerKey.Decide(partner, next, Given.Now).Events
            .ShouldBe([new PartnerKeyChanged(next, Given.Now), new AskingBegun(2, Given.Now)]);
        SetPartnerKey.Decide(partner, partner.Key!, Given.Now).ShouldBe(Decision.Nothing);
        SetPartnerKey.Decide(Active, next, Given.Now).Events.ShouldBe([new PartnerKeyChanged(next, Given.Now)]);
        Active.AskingRound.ShouldBe(0, "nobody is told of through other events");
    }

    [Fact]
    public void Another_key_has_another_name()
    {
        var partner = Registered.After(SetPartnerKey.Decide(Registered, Key("one"), Given.Now));

        SetPartnerKey.Decide(partner, Key("one"), Given.Now).Refusal!.Code.ShouldBe("partner-key-name-in-use");
        SetPartnerKey.Decide(partner, Key(name: null), Given.Now).Refusal.ShouldBeNull("its thumbprint is its name");
        var unnamed = Key(name: null);
        unnamed.ToEncrypt().Kid.ShouldBe((unnamed with { Kid = null }).ToEncrypt().Kid);
    }

    [Fact, Control("S11")]
    public void No_name_that_a_key_ever_had_comes_back_not_even_with_the_same_key()
    {
        var (first, unnamed) = (Key("one"), Key(name: null));
        var partner = Partner.Create(new PartnerRegistered(
            PartnerId, "Example Ltd", PartnerKind.Other, PartnerMode.Live, null!, first, Given.Now));
        foreach (var key in new[] { unnamed, Key("two") })
            partner = partner.After(SetPartnerKey.Decide(partner, key, Given.Now));

        foreach (var key in new[] { Key("one"), first, unnamed, Key(unnamed.ToEncrypt().Kid) })
            SetPartnerKey.Decide(partner, key, Given.Now).Refusal!.Code.ShouldBe("partner-key-name-in-use");
        SetPartnerKey.Decide(partner, partner.Key!, Given.Now).ShouldBe(Decision.Nothing, "a repeat");
    }

    [Fact]
    public async Task A_partner_s_program_sets_it_and_staff_reads_it()
    {
        var path = await Privacy.RegisterAsync();
        using var program = Privacy.Program(FeedSteps.IdOf(path));
        using var pair = new TestPartnerKey("mine");

        (await program.PutAsync("/api/partners/key", pair.Public)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await program.PutAsync("/api/partners/key", pair.Public)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        ((string)(await Privacy.PartnerAsync(path))["key"]!["kid"]!).ShouldBe("mine");
        using var next = new TestPartnerKey("next");
        (await program.PutAsync("/api/partners/key", next.Public)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var back = await program.PutAsync("/api/partners/key", pair.Public);
        ((int)back.StatusCode, await back.ProblemCodeAsync()).ShouldBe((422, "partner-key-name-in-use"));
        ((string)(await Privacy.PartnerAsync(path))["key"]!["kid"]!).ShouldBe("next");
        using var unknown = Privacy.Program(Guid.CreateVersion7());
        (await unknown.PutAsync("/api/partners/key", pair.Public)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_no_public_key_on_the_curve_is_refused_and_changes_nothing()
    {
        var path = await Privacy.RegisterAsync();
        using var program = Privacy.Program(FeedSteps.IdOf(path));
        using var pair = new TestPartnerKey();
        var (kty, crv, x, y, kid) = pair.Public;

        foreach (var (body, status, code) in new (object, int, string)[]
        {
            (new { kty, crv, x, y = x, kid }, 422, "partner-key-invalid"),
            (new { kty, crv, x, y = "", kid }, 422, "partner-key-invalid"),
            (new { kty = "RSA", crv, x, y, kid }, 422, "partner-key-invalid"),
            (new { kty, crv = "P-384", x, y, kid }, 422, "partner-key-invalid"),
            (new { kty, crv, x, y, kid = new string('k', 101) }, 422, "partner-key-invalid"),
            (new { kty, crv, x, y, kid = "" }, 422, "partner-key-invalid"),
            (new { kty, crv, x, y, kid = "my key" }, 422, "partner-key-invalid"),
            (new { kty, crv, x, y, kid = "Schlüssel" }, 422, "partner-key-invalid"),
            (new { kty, crv, x, y, kid = "a\n" }, 422, "partner-key-invalid"),
            (new { kty, crv, x, y, kid = "\0" }, 422, "text-invalid"),
            (new { kty, crv, x, kid }, 400, "malformed-request"),
            (new { kty, crv, x, y, kid, d = pair.Secret }, 400, "unknown-field"),
        })
        {
            var answer = await program.PutAsync("/api/partners/key", body);
            ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
        }

        (await Privacy.PartnerAsync(path))["key"].ShouldBeNull();
    }

    [Fact]
    public async Task An_agreement_on_who_customers_are_is_proposed_when_there_is_a_key()
    {
        var path = await Privacy.RegisterAsync();
        using var staff = Privacy.Staff("operator");
        var refused = await staff.PostWithKeyAsync($"{path}/proposals", PartnerSteps.SharedTerms);
        ((int)refused.StatusCode, await refused.ProblemCodeAsync()).ShouldBe((422, "partner-key-missing"));
        using var program = Privacy.Program(FeedSteps.IdOf(path));
        using var pair = new TestPartnerKey();
        (await program.PutAsync("/api/partners/key", pair.Public)).EnsureSuccessStatusCode();

        await Privacy.AgreeAsync(path, version: 1, PartnerSteps.SharedTerms);

        var read = await Privacy.PartnerAsync(path);
        ((string)read["agreement"]!["terms"]!["events"]![0]!["type"]!).ShouldBe(CustomerSharedData.EventType);
    }
}
