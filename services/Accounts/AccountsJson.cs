using System.Text.Json.Serialization;
using EPerfect.Accounts.Policies;

namespace EPerfect.Accounts;

/// <summary>Reads and writes stored events without reflection: the hot path of every append and fold.</summary>
[JsonSerializable(typeof(AccountOpened))]
[JsonSerializable(typeof(ProfileChanged))]
[JsonSerializable(typeof(BillingDetailsChanged))]
[JsonSerializable(typeof(AccountClosed))]
[JsonSerializable(typeof(PolicySetLearned))]
internal sealed partial class AccountsJson : JsonSerializerContext;
