using System.Net;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Slices;

public sealed class AcknowledgingAndConsenting(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    [Fact, Control("S3")]
    public async Task An_acknowledgement_is_kept_once_with_the_hashes()
    {
        var person = PrivacyService.NewPerson();

        var first = await privacy.Client.PostWithKeyAsync($"{person}/acknowledgements", new { policySet = 1 });
        var again = await privacy.Client.PostWithKeyAsync($"{person}/acknowledgements", new { policySet = 1 });

        first.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (again.StatusCode, again.Headers.ETag!.Tag).ShouldBe((HttpStatusCode.NoContent, "\"1\""));
        var accepted = (await privacy.ReadAsync($"{person}/acknowledgements"))["accepted"]!.AsArray()
            .ShouldHaveSingleItem();
        accepted!["policySet"]!.GetValue<int>().ShouldBe(1);
        accepted["channel"]!.GetValue<string>().ShouldBe("api");
        accepted["documents"]!.AsArray().ShouldContain(document =>
            document!["sha256"]!.GetValue<string>().StartsWith("d3ceed4b14f3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Consent_is_off_until_given_and_its_history_is_kept()
    {
        var person = PrivacyService.NewPerson();
        await privacy.Client.PostWithKeyAsync($"{person}/acknowledgements", new { policySet = 1 });
        (await GivenAsync(person)).ShouldBe([("direct-mail", false), ("partner-sharing", false)]);

        await privacy.Client.PutAsync($"{person}/consents/direct-mail", new { given = true, policySet = 1 });
        await privacy.Client.PutAsync($"{person}/consents/direct-mail", new { given = true, policySet = 1 });
        (await GivenAsync(person)).ShouldBe([("direct-mail", true), ("partner-sharing", false)]);
        await privacy.Client.PutAsync($"{person}/consents/direct-mail", new { given = false, policySet = 1 });
        (await GivenAsync(person)).ShouldBe([("direct-mail", false), ("partner-sharing", false)]);

        var history = (await privacy.ReadAsync($"{person}/consents"))["history"]!.AsArray();
        history.Select(choice => choice!["given"]!.GetValue<bool>()).ShouldBe([true, false]);
        history.ShouldAllBe(choice => choice!["channel"]!.GetValue<string>() == "api");
        history.ShouldAllBe(choice => choice!["policySet"]!.GetValue<int>() == 1);
    }

    [Fact]
    public async Task Who_is_not_known_yet_may_choose()
    {
        var person = PrivacyService.NewPerson();
        var path = $"{person}/consents/partner-sharing";
        (await privacy.Client.PutAsync(path, new { given = true, policySet = 1 })).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);
        (await GivenAsync(person)).ShouldBe([("direct-mail", false), ("partner-sharing", true)]);
    }

    [Fact]
    public async Task Of_two_who_say_the_same_at_once_one_is_recorded()
    {
        var person = PrivacyService.NewPerson();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            privacy.Client.PutAsync($"{person}/consents/direct-mail", new { given = true, policySet = 1 })));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.NoContent);
        (await privacy.ReadAsync($"{person}/consents"))["history"]!.AsArray().Count.ShouldBe(1);
    }

    private async Task<(string, bool)[]> GivenAsync(string person) =>
    [
        .. (await privacy.ReadAsync($"{person}/consents"))["consents"]!.AsArray()
            .Select(consent => (consent!["purpose"]!.GetValue<string>(), consent["given"]!.GetValue<bool>())),
    ];
}
