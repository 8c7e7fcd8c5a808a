using System.Collections.Immutable;
using EPerfect.Accounts.ApiClients;
using EPerfect.Accounts.Mail;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.PartnerClients;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.Accounts.Policies;
using EPerfect.Accounts.Staff;
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
        ["member_invited"] = new MemberInvited(
            Given.Id, "billing", Given.Envelope<InvitedAddress>(), Given.Now, Given.Now.AddDays(7)),
        ["member_joined"] = new MemberJoined(Given.Id, "billing", Given.Id, Given.Now),
        ["member_role_changed"] = new MemberRoleChanged(Given.Id, "technical", Given.Now),
        ["member_removed"] = new MemberRemoved(Given.Id, Given.Now),
        ["invitation_withdrawn"] = new InvitationWithdrawn(Given.Id, Given.Now),
        ["invitation_forgotten"] = new InvitationForgotten(Given.Id, Given.Now),
        ["api_client_created"] = new ApiClientCreated(
            Given.Id, Given.Envelope<ApiClientName>(), ["orders:read"], Given.Now.AddDays(90), Given.Now, Given.Id),
        ["api_client_revoked"] = new ApiClientRevoked(Given.Id, Given.Now),
        ["staff_appointed"] = new StaffAppointed(Given.Id, ["support"], Given.Now),
        ["staff_roles_changed"] = new StaffRolesChanged(["support", "legal"], Given.Now),
        ["staff_dismissed"] = new StaffDismissed(Given.Now),
        ["partner_client_created"] = new PartnerClientCreated(Given.Id, Given.Id, Given.Now),
        ["partner_client_secret_rotated"] = new PartnerClientSecretRotated(Given.Id, Given.Now.AddDays(1), Given.Now),
        ["partner_client_revoked"] = new PartnerClientRevoked(Given.Now),
        ["mail_requested"] = new MailRequested(
            "verify-address", Given.Id, Given.Envelope<MailRecipient>(),
            ImmutableSortedDictionary<string, string>.Empty.Add("until", "2026-03-02"), Given.Now),
        ["mail_attempt_failed"] = new MailAttemptFailed(1, "4.7.1", Given.Now.AddSeconds(1), Given.Now),
        ["mail_sent"] = new MailSent(Given.Now),
        ["mail_refused"] = new MailRefused("5.1.1", Given.Now),
        ["mail_dropped"] = new MailDropped("erased", Given.Now),
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
        var read = Store.Options.Serializer().FromJson(Events[name].GetType(), sample);
        Store.Options.Serializer().ToJson(read).ShouldBe(Store.Options.Serializer().ToJson(Events[name]));
    }
}
