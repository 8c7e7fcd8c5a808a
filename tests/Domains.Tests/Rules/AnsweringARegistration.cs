using EPerfect.Domains.Registration;
using EPerfect.Domains.Registration.Registry;

namespace EPerfect.Domains.Tests.Rules;

public sealed class AnsweringARegistration
{
    [Fact]
    public void Given_a_pending_request_When_the_registry_registers_Then_the_line_has_its_domain()
    {
        var registered = Answer(Given.Domain(Some.Started(1)), 1, Some.Yes).Single<DomainRegistered>();

        registered.ItemId.ShouldBe(Some.Item(1));
        registered.ExpiresAt.ShouldBe(Some.Now.AddYears(1));
    }

    [Fact]
    public void Given_others_waiting_When_the_first_wins_Then_each_of_them_is_told_that_the_name_is_taken()
    {
        var decided = Answer(Given.Domain(Some.Started(1), Some.Queued(2), Some.Queued(3)), 1, Some.Yes).Events;

        decided[0].ShouldBeOfType<DomainRegistered>().ItemId.ShouldBe(Some.Item(1));
        decided.Skip(1).Cast<RegistrationFailed>().Select(failed => (failed.ItemId, failed.Reason))
            .ShouldBe([(Some.Item(2), "domain-taken"), (Some.Item(3), "domain-taken")]);
    }

    [Fact]
    public void Given_others_waiting_When_the_first_fails_Then_the_next_has_its_turn()
    {
        var domain = Given.Domain(Some.Started(1), Some.Queued(2), Some.Queued(3));
        var decided = Answer(domain, 1, new RegistryAnswer.Refused("contact-unknown")).Events;

        decided.Count.ShouldBe(2);
        decided[0].ShouldBeOfType<RegistrationFailed>().Reason.ShouldBe("contact-unknown");
        decided[1].ShouldBeOfType<RegistrationStarted>().Request.ItemId.ShouldBe(Some.Item(2));
        domain.Then(decided)!.Waiting.ShouldHaveSingleItem().ItemId.ShouldBe(Some.Item(3));
    }

    [Fact]
    public void Given_one_waiting_that_no_registry_would_take_When_its_turn_comes_Then_it_fails_and_the_next_is_tried()
    {
        var decided = Answer(
            Given.Domain(Some.Started(1), Some.Queued(2, years: 99), Some.Queued(3)),
            1,
            new RegistryAnswer.Refused("registry-refused")).Events;

        decided.Select(e => e.GetType().Name).ShouldBe(
            [nameof(RegistrationFailed), nameof(RegistrationFailed), nameof(RegistrationStarted)]);
        decided[2].ShouldBeOfType<RegistrationStarted>().Request.ItemId.ShouldBe(Some.Item(3));
    }

    [Fact]
    public void Given_no_answer_Then_it_is_asked_again_later_and_ever_later()
    {
        var domain = Given.Domain(Some.Started(1));
        var waits = new List<double>();
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            var failed = Answer(domain, 1, new RegistryAnswer.NoAnswer("registry-timeout"))
                .Single<RegistrationAttemptFailed>();
            failed.Attempt.ShouldBe(attempt);
            waits.Add((failed.RetryAt - Some.Now).TotalSeconds);
            domain = domain.Then(failed)!;
        }

        waits.Take(5).ShouldBe([1, 2, 4, 8, 16]);
        waits.ShouldBe(waits.Order());
        waits[^1].ShouldBe(900);
        domain.Pending.ShouldNotBeNull("giving up could leave a name registered that was refunded");
    }

    [Fact]
    public void Given_an_answer_to_a_settled_request_Then_it_changes_nothing()
    {
        Answer(Given.Domain(Some.Started(1), Some.Registered(1)), 1, Some.Yes).Events.ShouldBeEmpty();
        Answer(Given.Domain(Some.Started(2)), 1, Some.Yes).Events.ShouldBeEmpty();
        Answer(Given.Nothing, 1, Some.Yes).Events.ShouldBeEmpty();
    }

    private static ServiceDefaults.Decision Answer(Domain? domain, int item, RegistryAnswer answer) =>
        RegisterAtRegistry.Decide(domain, Some.Item(item), answer, Some.Now);
}
