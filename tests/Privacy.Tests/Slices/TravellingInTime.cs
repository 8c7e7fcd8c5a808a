using System.Net;
using CsCheck;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>What was decided at a time is what is answered, later, for that time.</summary>
public sealed class TravellingInTime(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private static readonly (string Purpose, string Category)[] Questions =
    [
        ("service", "contact"), ("direct-mail", "contact"), ("direct-mail", "logs"), ("partner-sharing", "identity"),
        ("security", "logs"), ("bookkeeping", "billing"), ("research", "account"),
    ];

    [Fact, Control("S3")]
    public async Task Whatever_happens_the_answers_for_then_are_the_decisions_made_then()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);
        var decisions = privacy.Services.GetRequiredService<DecisionPoint>();
        var made = new List<(Guid Person, DateTimeOffset At, string Purpose, string Category, Verdict Verdict)>();

        await Gen.Int[0, 9].Array[40].SampleAsync(
            async steps =>
            {
                Guid[] people = [Guid.CreateVersion7(), Guid.CreateVersion7()];
                foreach (var (i, step) in steps.Index())
                {
                    var person = people[i % people.Length];
                    clock.Advance(TimeSpan.FromHours(19));
                    await HappenAsync(privacy, person, step, clock);
                    clock.Advance(TimeSpan.FromSeconds(1));
                    foreach (var (purpose, category) in Questions)
                    {
                        var facts = await decisions.FactsAsync(person, at: null, Token);
                        var verdict = MayUse.Decide(facts, purpose, category);
                        made.Add((person, clock.GetUtcNow(), purpose, category, verdict));
                    }
                }
            },
            iter: 3,
            threads: 1);

        made.Select(x => x.Verdict.Rule).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(7);
        foreach (var (person, at, purpose, category, verdict) in made)
            MayUse.Decide(await decisions.FactsAsync(person, at, Token), purpose, category)
                .ShouldBe(verdict, $"{purpose} at {at:O}");
    }

    [Fact]
    public async Task Over_HTTP_it_is_asked_for_now_and_for_then()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        var person = PrivacyService.NewPerson();
        await privacy.Client.PostWithKeyAsync($"{person}/acknowledgements", new { policySet = 1 });
        await privacy.Client.PutAsync($"{person}/consents/direct-mail", new { given = true, policySet = 1 });
        await Task.Delay(20, Token);
        var then = DateTimeOffset.UtcNow;
        await Task.Delay(20, Token);
        await privacy.Client.PutAsync($"{person}/consents/direct-mail", new { given = false, policySet = 1 });

        var question = $"{person}/decisions?purpose=direct-mail&category=contact";
        (await RuleAsync(question)).ShouldBe("consent-withdrawn");
        (await RuleAsync($"{question}&at={then:yyyy-MM-ddTHH:mm:ss.ffffffZ}")).ShouldBe("consent-given");
        (await RuleAsync($"{question}&at=2001-01-01T00:00:00Z")).ShouldBe("nothing-accepted");
        await RefusedAsync($"{question}&at=2100-01-01T00:00:00Z", 422, "time-not-yet");
        await RefusedAsync($"{question}&at=yesterday", 400, "malformed-request");
        await RefusedAsync($"{person}/decisions?purpose=direct-mail&category=shoes", 422, "category-unknown");
        await RefusedAsync($"{person}/decisions?purpose=direct-mail", 400, "malformed-request");
        await RefusedAsync($"{PrivacyService.NewPerson()}/decisions?purpose=direct-mail&category=contact", 404, "not-found");

        async Task<string> RuleAsync(string path) =>
            (await (await privacy.Client.GetAsync(path, Token)).JsonAsync())["rule"]!.GetValue<string>();

        async Task RefusedAsync(string path, int status, string code)
        {
            var answer = await privacy.Client.GetAsync(path, Token);
            ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
        }
    }

    [Fact]
    public async Task The_services_own_streams_are_no_people()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        foreach (var own in OwnStreams.All)
        {
            var answer = await privacy.Client.PutAsync(
                $"/api/privacy/people/{own}/consents/direct-mail", new { given = true, policySet = 1 });
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    private static async Task HappenAsync(TestService privacy, Guid person, int step, FakeTimeProvider clock)
    {
        var writer = privacy.Services.GetRequiredService<Writer>();
        var now = clock.GetUtcNow();
        if (step == 0)
        {
            await PublishNextAsync(writer, now);
            return;
        }

        var sets = (await privacy.Services.GetRequiredService<DecisionPoint>().FactsAsync(person, null, Token)).Sets!;
        var set = sets.InForce(now)!.PolicySet;
        await writer.ChangeAsync<Person>(person, "test", state => step switch
        {
            1 or 2 => Acknowledge.Decide(state, sets, set, Channels.Api, now),
            3 => TakeNoticeOf(set),
            4 or 5 => ChangeConsent.Decide(state, sets, new(Purposes.DirectMail, step == 4, Channels.Api, set, now)),
            6 => HonourPrivacyControl.Decide(state, sets, now),
            7 => Objecting.Raise(state, "security", set, now),
            8 => Restricting.Restrict(state, now),
            _ => Restricting.Release(state, now),
        }, Token);

        Decision TakeNoticeOf(int version) => Decision.Of(new NoticeGiven(version, Channels.Api, now));
    }

    /// <summary>Each wider than the one before: research, then more for it.</summary>
    private static Task<Decision> PublishNextAsync(Writer writer, DateTimeOffset now) => writer.WriteAsync(
        PolicySets.StreamId,
        "test",
        async (work, token) =>
        {
            DocumentText? text = null;
            await work.ChangeAsync<Document>(DocumentKind.StreamOf("privacy-policy"), document =>
            {
                var version = document!.Newest.Version + 1;
                text = new("privacy-policy", "-", version, now + TimeSpan.FromDays(30) + TimeSpan.FromMinutes(version), [1])
                {
                    Materiality = version % 2 == 0 ? Materiality.WiderPurpose : Materiality.Material,
                    Purposes = [.. document.PurposesOf(1), new("research", Bases.Contract, ["account"], "-")],
                };
                return PublishDocument.Decide(document, text, now);
            }, token);
            return await work.ChangeAsync<PolicySets>(
                PolicySets.StreamId,
                sets => PolicySets.Add(sets, new("privacy-policy", text!.Version, text.Sha256), text.EffectiveAt, now),
                token);
        },
        Token);
}
