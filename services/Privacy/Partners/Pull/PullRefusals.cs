using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Pull;

internal static class PullRefusals
{
    public static readonly Refusal Limit = new(422, "feed-limit-invalid", "A page of the feed holds 1 to 500 events.");

    public static readonly Refusal Wait = new(422, "feed-wait-invalid", "One waits for 0 to 25 seconds.");

    public static readonly Refusal Ahead =
        new(422, "position-ahead", "A position is the `next` of an earlier page, unchanged; nothing stands at this one yet.");

    public static readonly Refusal TooManyPolls = new(
        429, "long-polls-too-many", "A partner waits with eight requests at once. One is enough: it sees everything.");

    public static readonly Refusal TooCrowded = new(
        503, "overloaded", "Too many wait for the feed. Try again in a moment, or ask without waiting.");

    private static readonly Refusal UnknownType =
        new(422, "event-type-unknown", "A type of event is one that the AsyncAPI document names.");

    private static readonly Refusal NotAgreed =
        new(422, "filter-beyond-agreement", "A filter chooses among the events that are agreed on.");

    /// <summary>410, with the oldest position that one can go on from.</summary>
    public static Refusal TooOld(long oldest) => new(
        410, "position-too-old", $"Events are kept for 30 days. What is older than position {oldest} is gone.")
    {
        Oldest = oldest,
    };

    /// <summary>A filter asks for nothing that is unknown, or not agreed on.</summary>
    public static Refusal? WhyNot(IReadOnlyCollection<string> types, Terms? terms)
    {
        var known = types.Select(FeedTypes.Find).ToArray();
        return known.Any(type => type is null) ? UnknownType
            : known.Any(type => type!.Release == ReleaseRule.Agreed && terms?.FieldsOf(type.Name) is null) ? NotAgreed
            : null;
    }
}
