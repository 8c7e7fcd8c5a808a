using C = EPerfect.Contracts.Domains;

namespace EPerfect.Domains.Tests.Rules;

public sealed class TellingOthers
{
    [Fact]
    public void A_registration_is_told_with_its_dates_and_the_streams_version() =>
        Outbound.Map(Given.Stored(Some.Registered(1), version: 2)).ShouldBe(new C.DomainRegistered(
            "shop.com", Some.Account, Some.Item(1001), Some.Item(1), Some.Now, Some.Now.AddYears(1), 2));

    [Fact]
    public void A_failure_is_told_with_its_reason() =>
        Outbound.Map(Given.Stored(Some.Failed(1, "domain-taken"), version: 2)).ShouldBe(new C.DomainRegistrationFailed(
            "shop.com", Some.Item(1001), Some.Item(1), "domain-taken", Some.Now, 2));

    [Fact]
    public void What_is_on_its_way_is_nobody_elses_business()
    {
        Outbound.Map(Given.Stored(Some.Started())).ShouldBeNull();
        Outbound.Map(Given.Stored(Some.Queued(2))).ShouldBeNull();
    }
}
