using System.Text.Json.Serialization;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Sealed data of a person is about to be shown to somebody else. Stored before the value is opened, alone in a stream
/// of the opening's id, so that no reader waits for another.
/// </summary>
/// <param name="OpeningId">The opening, and its stream.</param>
/// <param name="AccountId">The account whose data it is; its owner may read of it.</param>
/// <param name="Actor">Who: <c>user/{id}</c> or <c>client/{id}</c>. Never a name.</param>
/// <param name="Role">In which role, such as <c>technical</c> or <c>staff/support</c>.</param>
/// <param name="Groups">Which groups of data, such as <c>identity</c>.</param>
/// <param name="Purpose">What for: one of <see cref="OpeningGround.Purposes"/>, or <c>membership</c>.</param>
/// <param name="Ground">Because of what, such as <c>ticket:4711</c> or <c>role:technical</c>.</param>
/// <param name="Resource">What was read: the operation and the ids in its address.</param>
/// <param name="OpenedAt">When.</param>
public sealed record PersonalDataOpened(
    Guid OpeningId,
    Guid AccountId,
    string Actor,
    string Role,
    IReadOnlyList<string> Groups,
    string Purpose,
    string Ground,
    string Resource,
    DateTimeOffset OpenedAt)
{
    /// <summary>The name it is stored under, for ever, by every service.</summary>
    public const string StoredAs = "personal_data_opened";
}

/// <summary>Reads and writes it without reflection.</summary>
[JsonSerializable(typeof(PersonalDataOpened))]
internal sealed partial class OpeningsJson : JsonSerializerContext;
