using System.Text.Json.Serialization;
using EPerfect.PersonalData;

namespace EPerfect.Accounts.Members;

// All on the account's stream.

/// <param name="InvitationId">Also the subject under which the address is sealed: it is forgotten with the
/// invitation.</param>
/// <param name="Role">As what.</param>
/// <param name="Address">Whom.</param>
/// <param name="InvitedAt">When.</param>
/// <param name="ExpiresAt">Until when it can be used.</param>
/// <param name="InvitedBy">The owner who asks, without whom it is over; the first events did not say.</param>
internal sealed record MemberInvited(
    Guid InvitationId,
    string Role,
    Sealed<InvitedAddress> Address,
    DateTimeOffset InvitedAt,
    DateTimeOffset ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? InvitedBy = null);

internal sealed record MemberJoined(
    Guid LoginId, [InClear<MemberPart>] string Role, Guid InvitationId, DateTimeOffset JoinedAt);

internal sealed record MemberRoleChanged(
    Guid LoginId, [InClear<MemberPart>] string Role, DateTimeOffset ChangedAt);

internal sealed record MemberRemoved(Guid LoginId, DateTimeOffset RemovedAt);

internal sealed record InvitationWithdrawn(Guid InvitationId, DateTimeOffset WithdrawnAt);

/// <summary>Used, withdrawn or expired, and its address is shredded.</summary>
internal sealed record InvitationForgotten(Guid InvitationId, DateTimeOffset ForgottenAt);
