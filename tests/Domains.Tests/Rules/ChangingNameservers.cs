using EPerfect.Domains.Lifecycle;
using EPerfect.Domains.Names;
using EPerfect.Domains.Registration;
using EPerfect.Domains.Registration.Registry;

namespace EPerfect.Domains.Tests.Rules;

public sealed class ChangingNameservers
{
    private static readonly string[] Others = ["a.dns.example", "b.dns.example"];
    private static readonly Guid ChangeId = Some.Item(77);

    private static Domain Registered => Given.Domain(Some.Started(), Some.Registered());

    private static Domain Pending => Registered.Then(new NameserverChangeStarted(ChangeId, Others, Some.Now))!;

    [Fact]
    public void Given_a_registered_domain_When_other_hosts_are_named_Then_the_change_starts_and_an_update_is_pending()
    {
        var started = Change(Registered, Others).Single<NameserverChangeStarted>();

        started.Nameservers.ShouldBe(Others);
        DomainStatus.Of(Pending).ShouldBe(["clientTransferProhibited", "pendingUpdate"]);
        Pending.Registration!.Nameservers.ShouldBe(Some.OurNameservers, "until the registry has done it");
    }

    [Fact]
    public void Given_the_same_hosts_Then_there_is_nothing_to_change() =>
        Change(Registered, Some.OurNameservers).ShouldBe(ServiceDefaults.Decision.Nothing);

    [Fact]
    public void Given_a_change_that_is_pending_When_another_is_asked_Then_it_is_refused() =>
        Change(Pending, ["c.dns.example", "d.dns.example"]).Refusal!.Code.ShouldBe("update-pending");

    [Fact]
    public void Given_a_name_that_is_not_registered_Then_there_is_no_such_domain() =>
        Change(Given.Domain(Some.Started()), Others).Refusal!.Status.ShouldBe(404);

    [Fact]
    public void When_the_registry_has_done_it_Then_the_domain_has_the_new_hosts_and_no_pending_status()
    {
        var changed = Answer(new RegistryAnswer.Updated()).Single<NameserversChanged>();
        var domain = Pending.Then(changed)!;

        domain.Registration!.Nameservers.ShouldBe(Others);
        domain.Registration.ChangedAt.ShouldBe(Some.Later);
        DomainStatus.Of(domain).ShouldBe(["clientTransferProhibited"]);
    }

    [Fact]
    public void When_the_registry_refuses_Then_the_old_hosts_stay_and_another_change_may_be_asked()
    {
        var refused = Answer(new RegistryAnswer.Refused("registry-refused")).Single<NameserverChangeRefused>();
        var domain = Pending.Then(refused)!;

        domain.Registration!.Nameservers.ShouldBe(Some.OurNameservers);
        Change(domain, Others).Single<NameserverChangeStarted>();
    }

    [Fact]
    public void When_the_registry_does_not_answer_Then_it_is_asked_again_later() =>
        Answer(new RegistryAnswer.NoAnswer("registry-timeout")).Single<NameserverChangeAttemptFailed>()
            .RetryAt.ShouldBe(Some.Later.AddSeconds(1));

    [Theory]
    [InlineData("nameservers-count")]
    [InlineData("nameservers-count", "one.dns.example")]
    [InlineData("nameserver-invalid", "a.dns.example", "no host")]
    [InlineData("nameserver-invalid", "a.dns.example", "localhost")]
    [InlineData("nameserver-invalid", "a.dns.example", "192.0.2.1")]
    [InlineData("nameserver-repeated", "a.dns.example", "A.DNS.example.")]
    public void Hosts_that_cannot_be_are_refused(string code, params string[] hosts) =>
        NameRules.ReadNameservers(hosts, out _)!.Code.ShouldBe(code);

    [Fact]
    public void Two_to_thirteen_hosts_are_taken()
    {
        NameRules.ReadNameservers(Hosts(2), out _).ShouldBeNull();
        NameRules.ReadNameservers(Hosts(13), out var read).ShouldBeNull();
        read.Count.ShouldBe(13);
        NameRules.ReadNameservers(Hosts(14), out _)!.Code.ShouldBe("nameservers-count");
    }

    private static string[] Hosts(int count) => [.. Enumerable.Range(1, count).Select(i => $"ns{i}.dns.example")];

    private static ServiceDefaults.Decision Change(Domain domain, string[] hosts) =>
        ChangeNameservers.Decide(domain, ChangeId, hosts, Some.Now);

    private static ServiceDefaults.Decision Answer(RegistryAnswer answer) =>
        UpdateAtRegistry.Decide(Pending, ChangeId, answer, Some.Later);
}
