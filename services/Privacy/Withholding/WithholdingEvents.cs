using System.Text.Json.Serialization;

namespace EPerfect.Privacy.Withholding;

/// <summary>Law forbids to tell the person of some openings until a time. Holds when a second person has approved it.</summary>
/// <param name="WithholdingId">The order.</param>
/// <param name="AccountId">Whom nothing is told.</param>
/// <param name="OpeningGround">Which openings: those for <c>legal</c> on this ground, such as <c>case:4711</c>, also of
/// before and those still to come.</param>
/// <param name="Ground">One of <see cref="WithholdingGrounds"/>.</param>
/// <param name="Reference">Of the court or the authority: an id, never a text.</param>
/// <param name="Statement"><c>written</c> or <c>oral</c>.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="OrderedBy">Which lawyer of ours.</param>
/// <param name="OrderedAt">When.</param>
internal sealed record WithholdingOrdered(
    Guid WithholdingId,
    Guid AccountId,
    string OpeningGround,
    string Ground,
    string Reference,
    string Statement,
    DateTimeOffset Until,
    Guid OrderedBy,
    DateTimeOffset OrderedAt);

internal sealed record WithholdingApproved(Guid ApprovedBy, DateTimeOffset ApprovedAt);

/// <summary>The court or the authority lets us tell before the time.</summary>
internal sealed record WithholdingLifted(Guid LiftedBy, DateTimeOffset LiftedAt);

[JsonSerializable(typeof(WithholdingOrdered))]
[JsonSerializable(typeof(WithholdingApproved))]
[JsonSerializable(typeof(WithholdingLifted))]
internal sealed partial class WithholdingJson : JsonSerializerContext;
