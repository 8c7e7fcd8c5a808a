using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>A session that its person has ended. Its cookie may have been copied, and would be good for hours.</summary>
internal sealed class EndedSession
{
    /// <summary>The row itself says until when; after that nothing holds it.</summary>
    public static readonly Retention Retention = new(
        "ended-session", RetentionTrigger.EntryWritten, "P0D", "its cookie would have ended by then");

    public required Guid Id { get; init; }

    /// <summary>When its cookie ends by itself, at the latest; until then the row is kept.</summary>
    public required DateTimeOffset ForgottenAt { get; init; }
}
