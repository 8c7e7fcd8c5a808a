using System.Text.Json.Serialization;
using EPerfect.PersonalData;

namespace EPerfect.Privacy.Requests;

/// <param name="RequestId">The request.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Regime">Under which law it is answered.</param>
/// <param name="FiledBy">One of <see cref="Filers"/>.</param>
/// <param name="ReceivedAt">From when the clock runs: a letter may have come before it was filed.</param>
/// <param name="AcknowledgeBy">Until when the receipt is to be confirmed, where law asks for that.</param>
/// <param name="AnswerBy">Until when it is to be answered.</param>
/// <param name="FiledAt">When it was filed.</param>
/// <param name="Mandate">By what right an agent asks.</param>
/// <param name="Purposes">For an objection: what it is directed against.</param>
internal sealed record RequestFiled(
    Guid RequestId,
    Guid AccountId,
    [InClear<FiledRequests>] RequestKind Kind,
    [InClear<FiledRequests>] string Regime,
    [InClear<FiledRequests>] string FiledBy,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? AcknowledgeBy,
    DateTimeOffset AnswerBy,
    DateTimeOffset FiledAt,
    Sealed<Mandate>? Mandate = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Purposes = null);

internal sealed record RequestAcknowledged(DateTimeOffset AcknowledgedAt);

/// <summary>It is the person who asks, or who may; or an agent's mandate was checked.</summary>
/// <param name="Method">One of <see cref="Verifications"/>.</param>
/// <param name="VerifiedAt">When.</param>
/// <param name="By">Which of us checked it: an opaque id; null if the person proved it.</param>
/// <param name="LoginId">The login by which the person proved it.</param>
internal sealed record IdentityVerified(
    string Method,
    DateTimeOffset VerifiedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? LoginId = null);

internal sealed record RequestStarted(DateTimeOffset StartedAt);

internal sealed record RequestExtended(string Reason, DateTimeOffset AnswerBy, DateTimeOffset ExtendedAt);

internal sealed record RequestRefused([InClear<FiledRequests>] string Ground, DateTimeOffset RefusedAt);

/// <summary>Whose interest prevails, for one purpose that was objected to (GDPR Art. 21). The ground is one of
/// <see cref="ObjectionGrounds"/>.</summary>
internal sealed record ObjectionWeighed(
    [InClear<FiledRequests>] string Purpose, bool Granted, [InClear<FiledRequests>] string Ground, DateTimeOffset WeighedAt);

/// <summary>The person does not want it any more; what it had brought about is undone.</summary>
internal sealed record RequestWithdrawn(DateTimeOffset WithdrawnAt);

internal sealed record RequestDone([InClear<FiledRequests>] DateTimeOffset DoneAt);

/// <summary>A clock ran out: <c>acknowledgement</c> or <c>answer</c>.</summary>
internal sealed record RequestOverdue(string Clock, DateTimeOffset WasDue, DateTimeOffset NoticedAt);
