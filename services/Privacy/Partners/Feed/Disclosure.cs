using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>A partner was told of an entry: which members of it, for what, by which rule and agreement.</summary>
/// <param name="Id">The same whenever the same is told again.</param>
/// <param name="AccountId">Of whom.</param>
/// <param name="PartnerId">To whom.</param>
/// <param name="EntryId">Of what.</param>
/// <param name="Type">What kind of event.</param>
/// <param name="Fields">Which members of its data.</param>
/// <param name="Purpose">What for; null for what is told by duty.</param>
/// <param name="Rule">Why that was allowed.</param>
/// <param name="PolicyVersion">Under which version of the privacy policy.</param>
/// <param name="AgreementVersion">Under which version of the agreement.</param>
/// <param name="Position">The entry's place in the feed.</param>
/// <param name="PersonVersion">The place in the person's own history at which it was decided.</param>
/// <param name="Way">How: <c>pull</c>, <c>webhook</c> or <c>amqp</c>.</param>
/// <param name="At">When.</param>
/// <param name="AcknowledgedAt">When the partner said that it has acted on it; asked for only of what is told by duty.</param>
internal sealed record Disclosure(
    Guid Id,
    Guid AccountId,
    Guid PartnerId,
    Guid EntryId,
    string Type,
    IReadOnlyList<string> Fields,
    string? Purpose,
    string Rule,
    int? PolicyVersion,
    int AgreementVersion,
    long Position,
    long PersonVersion,
    string Way,
    DateTimeOffset At,
    DateTimeOffset? AcknowledgedAt = null)
{
    public static Disclosure Of(
        Cleared cleared, Guid partner, int agreement, long personVersion, string way, DateTimeOffset at)
    {
        var recorded = cleared.Entry.Recorded;
        // Told more of it later, under another agreement, is another line.
        var name = $"{recorded.EntryId:N} {agreement} {string.Join(',', cleared.Fields)}";
        return new(
            DeterministicId.From(partner, name),
            recorded.Subject,
            partner,
            recorded.EntryId,
            recorded.Type,
            cleared.Fields,
            cleared.Purpose,
            cleared.Rule,
            cleared.PolicyVersion,
            agreement,
            cleared.Entry.Position,
            personVersion,
            way,
            at);
    }
}
