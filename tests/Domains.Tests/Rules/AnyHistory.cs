using CsCheck;
using EPerfect.Domains.Registration;
using EPerfect.Domains.Registration.Registry;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Tests.Rules;

/// <summary>What holds for every order in which requests and answers may come.</summary>
public sealed class AnyHistory
{
    private static readonly Gen<int[]> Steps = Gen.Int[0, 7].Array[0, 40];

    [Fact]
    public void Every_line_gets_exactly_one_answer_and_at_most_one_gets_the_name() => Steps.Sample(steps =>
    {
        var history = Play(steps);

        var settled = history.OfType<DomainRegistered>().Select(e => e.ItemId)
            .Concat(history.OfType<RegistrationFailed>().Select(e => e.ItemId))
            .ToArray();
        settled.ShouldBe(settled.Distinct());
        history.OfType<DomainRegistered>().Count().ShouldBeLessThanOrEqualTo(1);
        var asked = steps.Where(step => step < 4).Select(Some.Item).Distinct();
        settled.ShouldBe(asked, ignoreOrder: true);
    });

    [Fact]
    public void The_registry_is_due_to_be_asked_whenever_a_request_is_pending_and_only_then() => Steps.Sample(steps =>
    {
        var domain = Given.Nothing;
        var due = new HashSet<string>();
        foreach (var e in Play(steps))
        {
            domain = domain.Then(e);
            foreach (var change in DomainDeadlines.Of(Given.Stored(e)))
                _ = change is DeadlineChange.Set ? due.Add(change.Kind) : due.Remove(change.Kind);
            if (e is RegistrationStarted or RegistrationQueued or RegistrationAttemptFailed or DomainRegistered)
                due.Contains(RegisterAtRegistry.Kind).ShouldBe(domain!.Pending is not null);
        }

        due.ShouldBeEmpty("everything is settled in the end");
    });

    // 0-3: that line asks. 4: the registry registers. 5, 6: it refuses. 7: it does not answer. In the end it registers.
    private static List<object> Play(int[] steps)
    {
        var history = new List<object>();
        var domain = Given.Nothing;
        foreach (var step in steps.Concat([4, 4, 4, 4]))
        {
            var decided = step < 4 ? domain.Request(Some.Asked(step)) : Answer(domain, step);
            history.AddRange(decided.Events);
            domain = domain.Then(decided.Events);
        }

        return history;
    }

    private static Decision Answer(Domain? domain, int step) => RegisterAtRegistry.Decide(
        domain,
        domain?.Pending?.ItemId ?? Some.Item(0),
        step switch
        {
            4 => Some.Yes,
            7 => new RegistryAnswer.NoAnswer("registry-unavailable"),
            _ => new RegistryAnswer.Refused("registry-refused"),
        },
        Some.Now);
}
