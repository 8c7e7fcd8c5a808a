using System.Collections.Immutable;
using EPerfect.Accounts.ApiClients;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts;

/// <summary>Who the customer is. What says something about the person is sealed, one envelope per group.</summary>
internal sealed record Account(
    Guid Id,
    string Kind,
    Sealed<Identity> Identity,
    Sealed<Contact> Contact,
    Sealed<PaymentMethod>? PaymentMethod,
    int AcceptedPolicySet,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt) : IOwned
{
    Guid? IOwned.AccountId => Id;

    MemberRole? IOwned.RoleOf(Guid subject) =>
        Members.TryGetValue(subject, out var role) ? RoleNames.Member(role)
        : ApiClients.ContainsKey(subject) ? MemberRole.Client
        : MemberRole.None;

    public bool IsClosed => ClosedAt is not null;

    /// <summary>The login of the person whose account it is; accounts were opened without one at first.</summary>
    public Guid? OpenedBy { get; init; }

    /// <summary>The logins that belong to it, and as what.</summary>
    public ImmutableSortedDictionary<Guid, string> Members { get; init; } = ImmutableSortedDictionary<Guid, string>.Empty;

    /// <summary>Those that nobody has used, withdrawn or let expire.</summary>
    public ImmutableSortedDictionary<Guid, Invitation> Invitations { get; init; } =
        ImmutableSortedDictionary<Guid, Invitation>.Empty;

    /// <summary>The programs that may act for it.</summary>
    public ImmutableSortedDictionary<Guid, ApiClient> ApiClients { get; init; } =
        ImmutableSortedDictionary<Guid, ApiClient>.Empty;

    public bool IsOwner(Guid loginId) => Members.GetValueOrDefault(loginId) == MemberRoles.Owner;

    public bool IsLastOwner(Guid loginId) =>
        IsOwner(loginId) && Members.Count(member => member.Value == MemberRoles.Owner) == 1;

    public static Account Create(AccountOpened e) => new(
        e.AccountId,
        e.Kind,
        e.Identity,
        e.Contact,
        PaymentMethod: null,
        e.AcceptedPolicySet,
        e.OpenedAt,
        ClosedAt: null)
    {
        OpenedBy = e.OwnerId,
        Members = e.OwnerId is { } owner
            ? ImmutableSortedDictionary<Guid, string>.Empty.Add(owner, MemberRoles.Owner)
            : ImmutableSortedDictionary<Guid, string>.Empty,
    };

    public Account Apply(ProfileChanged e) => this with { Identity = e.Identity, Contact = e.Contact };

    public Account Apply(BillingDetailsChanged e) => this with { PaymentMethod = e.PaymentMethod };

    public Account Apply(AccountClosed e) => this with { ClosedAt = e.ClosedAt };

    public Account Apply(MemberInvited e) => this with
    {
        Invitations = Invitations.SetItem(e.InvitationId, new Invitation(e.InvitationId, e.Role, e.Address, e.ExpiresAt)
        {
            InvitedBy = e.InvitedBy,
        }),
    };

    public Account Apply(MemberJoined e) => this with
    {
        Members = Members.SetItem(e.LoginId, e.Role),
        Invitations = Invitations.Remove(e.InvitationId),
    };

    public Account Apply(MemberRoleChanged e) => this with { Members = Members.SetItem(e.LoginId, e.Role) };

    public Account Apply(MemberRemoved e) => this with { Members = Members.Remove(e.LoginId) };

    public Account Apply(InvitationWithdrawn e) => this with { Invitations = Invitations.Remove(e.InvitationId) };

    public Account Apply(InvitationForgotten e) => this with { Invitations = Invitations.Remove(e.InvitationId) };

    public Account Apply(ApiClientCreated e) => this with
    {
        ApiClients = ApiClients.SetItem(
            e.ClientId, new ApiClient(e.ClientId, e.Name, e.Scopes, e.CreatedAt, e.ExpiresAt, e.CreatedBy)),
    };

    public Account Apply(ApiClientRevoked e) => this with { ApiClients = ApiClients.Remove(e.ClientId) };
}
