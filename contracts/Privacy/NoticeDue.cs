namespace EPerfect.Contracts.Privacy;

/// <summary>A version of a document changes more than words: people are to be told of it before it is used on their
/// data, and, where it widens what data is used for, to accept it.</summary>
/// <param name="Document">The document, such as <c>privacy-policy</c>.</param>
/// <param name="Version">The version.</param>
/// <param name="Materiality"><c>material</c> or <c>wider-purpose</c>.</param>
/// <param name="EffectiveAt">From when it is in force, in UTC.</param>
/// <param name="StreamVersion">The version of the stream that this event made.</param>
public sealed record NoticeDue(
    string Document, int Version, string Materiality, DateTimeOffset EffectiveAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.notice-due.v1";
}
