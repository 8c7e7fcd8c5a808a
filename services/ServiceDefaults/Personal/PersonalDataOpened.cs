using System.Text.Json.Serialization;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Sealed data of a person is about to be shown to somebody else. Stored before the value is opened, alone in a stream
/// of the opening's id, so that no reader waits for another.
/// </summary>
/// <param name="OpeningId">The opening, and its stream.</param>
/// <param name="AccountId">The account whose data it is; its owner may read of it.</param>
/// <param name="Details">Who, what and why; null if the person was erased before.</param>
/// <param name="OpenedAt">When.</param>
public sealed record PersonalDataOpened(
    Guid OpeningId, Guid AccountId, Sealed<OpeningDetails>? Details, DateTimeOffset OpenedAt)
{
    /// <summary>The name it is stored under, for ever, by every service.</summary>
    public const string StoredAs = "personal_data_opened";
}

/// <summary>Reads and writes it without reflection.</summary>
[JsonSerializable(typeof(PersonalDataOpened))]
[JsonSerializable(typeof(OpeningDetails))]
internal sealed partial class OpeningsJson : JsonSerializerContext;
