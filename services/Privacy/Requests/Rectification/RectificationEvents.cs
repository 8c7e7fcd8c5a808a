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
/// <param name="AnswerBy">Until when each partner that was given something of the person has to have acknowledged it; null
/// where it was recorded before there was such a day.</param>
internal sealed record DataRectified(
    Guid RectificationId,
    Guid AccountId,
    [InClear<FiledRequests>] string Service,
    [InClear<FiledRequests>] IReadOnlyList<string> Fields,
    [InClear<FiledRequests>] DateTimeOffset RectifiedAt,
    DateTimeOffset? AnswerBy = null);

/// <summary>The privacy officer has told a partner that takes no feed any more, or found that it cannot be told.</summary>
/// <param name="RectificationId">Of what.</param>
/// <param name="PartnerId">Whom.</param>
/// <param name="How">One of <see cref="Tellings"/>.</param>
/// <param name="ToldAt">When.</param>
internal sealed record RecipientTold(Guid RectificationId, Guid PartnerId, string How, DateTimeOffset ToldAt);

/// <summary>The time for answers is over.</summary>
/// <param name="RectificationId">Of which correction.</param>
/// <param name="Silent">The partners that have not answered.</param>
/// <param name="SettledAt">When.</param>
/// <param name="RestBy">Until when those have time who could not hear of it so long; null if all is settled.</param>
/// <param name="IsAnswered">Whether nobody is left that has to answer, also of those whose agreement is over.</param>
internal sealed record RectificationSettled(
    Guid RectificationId,
    IReadOnlyList<Guid> Silent,
    DateTimeOffset SettledAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RestBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsAnswered = false);

[JsonSerializable(typeof(DataRectified))]
[JsonSerializable(typeof(RecipientTold))]
[JsonSerializable(typeof(RectificationSettled))]
internal sealed partial class RectificationJson : JsonSerializerContext;
