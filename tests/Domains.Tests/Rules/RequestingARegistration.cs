using EPerfect.Domains.Registration;

namespace EPerfect.Domains.Tests.Rules;

public sealed class RequestingARegistration
{
    [Fact]
    public void Given_a_free_name_When_a_paid_order_asks_Then_the_registry_is_to_be_asked_now()
    {
        var started = Given.Nothing.Request(Some.Asked(item: 1)).Single<RegistrationStarted>();

        started.At.ShouldBe(Some.Now);
        started.Request.ItemId.ShouldBe(Some.Item(1));
        started.Request.Nameservers.ShouldBe(Some.OurNameservers, "the platform's own, for none were named");
    }

    [Fact]
    public void Given_nameservers_of_the_customers_choice_Then_they_are_kept() =>
        Given.Nothing.Request(Some.Asked(nameservers: ["a.dns.example", "b.dns.example"]))
            .Single<RegistrationStarted>().Request.Nameservers.ShouldBe(["a.dns.example", "b.dns.example"]);

    [Fact]
    public void Given_a_request_at_the_registry_When_another_order_asks_Then_it_waits_its_turn() =>
        Given.Domain(Some.Started(1)).Request(Some.Asked(item: 2))
            .Single<RegistrationQueued>().Request.ItemId.ShouldBe(Some.Item(2));

    [Fact]
    public void Given_a_registered_name_When_an_order_asks_Then_it_is_taken() =>
        Given.Domain(Some.Started(1), Some.Registered(1)).Request(Some.Asked(item: 2))
            .Single<RegistrationFailed>().Reason.ShouldBe("domain-taken");

    [Fact]
    public void Given_a_name_that_failed_before_When_another_order_asks_Then_it_is_tried_again() =>
        Given.Domain(Some.Started(1), Some.Failed(1, "contact-unknown")).Request(Some.Asked(item: 2))
            .Single<RegistrationStarted>();

    [Fact]
    public void Given_a_line_that_asked_before_When_it_asks_again_Then_nothing_happens()
    {
        var pending = Given.Domain(Some.Started(1), Some.Queued(2));

        pending.Request(Some.Asked(item: 1)).Events.ShouldBeEmpty();
        pending.Request(Some.Asked(item: 2)).Events.ShouldBeEmpty();
        pending.Then(Some.Registered(1), Some.Failed(2, "domain-taken"))
            .Request(Some.Asked(item: 2)).Events.ShouldBeEmpty("it has its answer");
    }

    [Theory]
    [InlineData("nic.com", 1, "domain-reserved")]
    [InlineData("europa.eu", 1, "domain-reserved")]
    [InlineData("shop.museum", 1, "registry-refused")]
    [InlineData("www.shop.com", 1, "registry-refused")]
    [InlineData("not a name", 1, "registry-refused")]
    [InlineData("SHOP.com", 1, "registry-refused")]
    [InlineData("shop.com", 0, "registry-refused")]
    [InlineData("shop.com", 11, "registry-refused")]
    public void Given_what_no_registry_would_take_Then_it_fails_without_asking(string name, int years, string reason)
    {
        var failed = Given.Nothing.Request(Some.Asked(name: name, years: years)).Single<RegistrationFailed>();

        failed.Reason.ShouldBe(reason);
        failed.ItemId.ShouldBe(Some.Item(1));
    }

    [Fact]
    public void Given_nameservers_that_cannot_be_Then_it_fails_without_asking() =>
        Given.Nothing.Request(Some.Asked(nameservers: ["only.one.example"]))
            .Single<RegistrationFailed>().Reason.ShouldBe("registry-refused");
}
