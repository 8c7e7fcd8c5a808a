using System.Net;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using static EPerfect.Privacy.Tests.Partners.GivenPartners;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>A partner's contact is known as long as the partner may hold what it got from us, and no longer.</summary>
public sealed class ForgettingPartners(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("M11")]
    public async Task Ten_years_after_the_agreement_ended_the_contact_is_gone_and_the_count_is_an_event()
    {
        var clock = new TurnedClock();
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);
        var partner = await privacy.AgreeAsync();
        var other = await privacy.AgreeAsync();
        using (var officer = privacy.Staff("privacy-officer"))
        {
            (await officer.PostWithKeyAsync($"{partner}/end", new { reason = "agreement-over" })).StatusCode
                .ShouldBe(HttpStatusCode.NoContent);
        }

        clock.Turn(TimeSpan.FromDays(3640));
        (await ContactAsync(privacy, partner)).ShouldBe("erasure@partner.example");
        clock.Turn(TimeSpan.FromDays(20));

        await Until.TrueAsync(async () => await ContactAsync(privacy, partner) is null, "it is forgotten");
        (await ContactAsync(privacy, other)).ShouldBe("erasure@partner.example", "what is agreed with it holds");
        await Until.TrueAsync(
            async () => await privacy.RemovedByAsync(ForgetErasureContact.Retention.Rule) is { Runs: 1, Removed: 1 },
            "it is counted");
        using var operators = privacy.Staff("operator");
        var again = await operators.PostWithKeyAsync($"{partner}/proposals", PartnerSteps.Terms);
        (again.StatusCode, await again.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Conflict, "partner-forgotten"));
    }

    [Fact]
    public void What_is_agreed_again_meanwhile_keeps_the_contact()
    {
        var ended = Active.After(EndAgreement.Decide(Active, StopReason.AgreementOver, Given.Now));

        ForgetErasureContact.Decide(ended.Agreeing(Agreed), Given.Now).ShouldBe(Decision.Nothing);
        ForgetErasureContact.DeadlinesOf(new AgreementActivated(2, Given.Now)).ShouldHaveSingleItem()
            .ShouldBeOfType<DeadlineChange.Clear>();
        ForgetErasureContact.Decide(ended, Given.Now).Events.ShouldHaveSingleItem()
            .ShouldBe(new ErasureContactForgotten(Given.Now));
    }

    private static async Task<string?> ContactAsync(TestService privacy, string partner)
    {
        using var officer = privacy.Staff("privacy-officer");
        officer.DefaultRequestHeaders.Add("Opening-Purpose", "legal");
        officer.DefaultRequestHeaders.Add("Opening-Ground", "ticket:1");
        return (string?)(await (await officer.GetAsync($"{partner}/erasure-contact", Token)).JsonAsync())["email"];
    }
}
