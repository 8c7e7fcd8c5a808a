using System.Text.Json.Nodes;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using static EPerfect.Privacy.Tests.Partners.GivenPartners;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>A partner hears from us when its agreement is another, and does not find out by what is missing.</summary>
public sealed class TellingOfAgreements(WebhookService service) : IClassFixture<WebhookService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Fact]
    public async Task Replaced_narrowed_and_resumed_it_is_told_by_every_way_once_each_whatever_it_filters_for()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var path = await Privacy.AgreeAsync();
        using var program = Privacy.Program(FeedSteps.IdOf(path));
        await program.TakesAsync(receiver, OrderPlacedData.EventType);
        using var staff = Privacy.Staff("privacy-officer", "operator");

        await Privacy.AgreeAsync(path, version: 2, With("retentionDays", 120));
        (await staff.PutAsync($"{path}/agreement", With("retentionDays", 30))).EnsureSuccessStatusCode();
        (await staff.PutAsync($"{path}/agreement", With("retentionDays", 30))).EnsureSuccessStatusCode();
        (await staff.PostWithKeyAsync($"{path}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        (await staff.DeleteAsync($"{path}/suspension", Token)).EnsureSuccessStatusCode();

        (int, string)[] expected = [(2, "active"), (3, "active"), (3, "active")];
        await Until.TrueAsync(() => Task.FromResult(receiver.Got.Count >= 3), "it was told");
        receiver.Got.Select(one => Told(one.Event)).ShouldBe(expected);
        var pulled = await program.PullAsync();
        pulled["events"]!.AsArray().Select(one => Told(one!.AsObject())).ShouldBe(expected);
        pulled.Ids().ShouldBe(receiver.Ids);
    }

    [Fact]
    public async Task No_other_partner_hears_of_it()
    {
        var path = await Privacy.AgreeAsync();
        using var other = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        await Privacy.AgreeAsync(path, version: 2, With("retentionDays", 120));

        (await other.PullAsync())["events"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public void What_changes_nothing_is_not_told_and_what_waits_for_the_end_of_a_suspension_says_so()
    {
        var narrower = Agreed with { RetentionDays = 30 };
        TellOfAgreement.Notice(Active, Decision.Nothing).ShouldBeNull();
        TellOfAgreement.Notice(Active, AgreementRefusals.NotNarrower).ShouldBeNull();
        TellOfAgreement.Notice(Registered, Decision.Of(new AgreementActivated(1, Given.Now))).ShouldBeNull();
        TellOfAgreement.Notice(Active, SuspendPartner.Decide(Active, StopReason.Security, Given.Now)).ShouldBeNull();

        var suspended = Active.After(SuspendPartner.Decide(Active, StopReason.Security, Given.Now));
        var notice = TellOfAgreement.Notice(suspended, NarrowAgreement.Decide(suspended, narrower, Declared, Given.Now))!;
        (notice.Type, notice.OnlyFor, notice.Data.GetProperty("state").GetString())
            .ShouldBe((AgreementChangedData.EventType, PartnerId, "suspended"));
    }

    private static (int Version, string State) Told(JsonObject e)
    {
        ((string)e["type"]!).ShouldBe(AgreementChangedData.EventType);
        return ((int)e["data"]!["version"]!, (string)e["data"]!["state"]!);
    }

    private static JsonNode With(string member, int value)
    {
        var terms = System.Text.Json.JsonSerializer.SerializeToNode(PartnerSteps.Terms)!;
        terms[member] = value;
        return terms;
    }
}
