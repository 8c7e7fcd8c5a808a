using System.Text.Json.Serialization;
using EPerfect.Accounts.ApiClients;
using EPerfect.Accounts.Mail;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.PartnerClients;
using EPerfect.Accounts.Policies;
using EPerfect.Accounts.Staff;

namespace EPerfect.Accounts;

/// <summary>Reads and writes stored events without reflection: the hot path of every append and fold.</summary>
[JsonSerializable(typeof(AccountOpened))]
[JsonSerializable(typeof(ProfileChanged))]
[JsonSerializable(typeof(BillingDetailsChanged))]
[JsonSerializable(typeof(AccountClosed))]
[JsonSerializable(typeof(PolicySetLearned))]
[JsonSerializable(typeof(MailRequested))]
[JsonSerializable(typeof(MailAttemptFailed))]
[JsonSerializable(typeof(MailSent))]
[JsonSerializable(typeof(MailRefused))]
[JsonSerializable(typeof(MailDropped))]
[JsonSerializable(typeof(MemberInvited))]
[JsonSerializable(typeof(MemberJoined))]
[JsonSerializable(typeof(MemberRoleChanged))]
[JsonSerializable(typeof(MemberRemoved))]
[JsonSerializable(typeof(InvitationWithdrawn))]
[JsonSerializable(typeof(InvitationForgotten))]
[JsonSerializable(typeof(ApiClientCreated))]
[JsonSerializable(typeof(ApiClientRevoked))]
[JsonSerializable(typeof(PartnerClientCreated))]
[JsonSerializable(typeof(PartnerClientSecretRotated))]
[JsonSerializable(typeof(PartnerClientRevoked))]
[JsonSerializable(typeof(StaffAppointed))]
[JsonSerializable(typeof(StaffRolesChanged))]
[JsonSerializable(typeof(StaffDismissed))]
internal sealed partial class AccountsJson : JsonSerializerContext;
