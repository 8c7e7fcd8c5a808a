using EPerfect.Accounts.PersonalDetails;
using EPerfect.Accounts.Policies;
using EPerfect.Accounts.Tests.Slices;
using EPerfect.Testing;
using Marten;

namespace EPerfect.Accounts.Tests;

/// <summary>What is stored stays readable for ever: a sample of every event as it was first written.</summary>
public sealed class StoredEvents(AccountsService accounts) : IClassFixture<AccountsService>
{
    private static readonly ApprovedSamples Samples = new("tests/Accounts.Tests/Samples");

    private static readonly Dictionary<string, object> Events = new(StringComparer.Ordinal)
    {
        ["account_opened"] = Given.Opened(),
        ["profile_changed"] = new ProfileChanged(Given.Envelope<Identity>(), Given.Envelope<Contact>(), Given.Now),
        ["billing_details_changed"] = new BillingDetailsChanged(Given.Envelope<PaymentMethod>(), Given.Now),
        ["account_closed"] = new AccountClosed(Given.Now),
        ["policy_set_learned"] = new PolicySetLearned(1, Given.Now),
    };

    public static TheoryData<string> Names => [.. Events.Keys];

    private IDocumentStore Store => accounts.Get<IDocumentStore>();

    [Fact]
    public void Every_event_that_is_registered_has_a_sample() => Store.Options.Events.AllKnownEventTypes()
        .Where(type => type.EventType.Assembly == typeof(Account).Assembly)
        .Select(type => type.EventTypeName)
        .ShouldBe(Samples.Names, ignoreOrder: true);

    [Theory, MemberData(nameof(Names))]
    public void An_event_is_written_as_it_always_was(string name) =>
        Samples.Matches(name, Store.Options.Serializer().ToJson(Events[name])).ShouldBeTrue();

    [Theory, MemberData(nameof(Names))]
    public void A_sample_is_read_as_the_event_that_it_was(string name)
    {
        using var sample = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Samples.Read(name)));
        Store.Options.Serializer().FromJson(Events[name].GetType(), sample).ShouldBe(Events[name]);
    }
}
