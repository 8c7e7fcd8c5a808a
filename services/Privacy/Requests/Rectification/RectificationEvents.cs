using System.Text.Json.Serialization;
using EPerfect.PersonalData;

namespace EPerfect.Privacy.Requests.Rectification;

// One stream for each person of whom anything was ever corrected.

/// <summary>A service has corrected data of the person. Which of it, by name; no value is known here.</summary>
/// <param name="RectificationId">The same whenever it is told.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Service">Which service holds it.</param>
/// <param name="Fields">What is another than before.</param>
/// <param name="RectifiedAt">When.</param>
internal sealed record DataRectified(
    Guid RectificationId,
    Guid AccountId,
    [InClear<FiledRequests>] string Service,
    [InClear<FiledRequests>] IReadOnlyList<string> Fields,
    [InClear<FiledRequests>] DateTimeOffset RectifiedAt);

/// <summary>The privacy officer has told a partner that takes no feed any more, or found that it cannot be told.</summary>
/// <param name="RectificationId">Of what.</param>
/// <param name="PartnerId">Whom.</param>
/// <param name="How">One of <see cref="Tellings"/>.</param>
/// <param name="ToldAt">When.</param>
internal sealed record RecipientTold(Guid RectificationId, Guid PartnerId, string How, DateTimeOffset ToldAt);

[JsonSerializable(typeof(DataRectified))]
[JsonSerializable(typeof(RecipientTold))]
internal sealed partial class RectificationJson : JsonSerializerContext;
