namespace EPerfect.Accounts.Credentials;

/// <summary>A session that its person has ended. Its cookie may have been copied, and would be good for hours.</summary>
internal sealed class EndedSession
{
    public required Guid Id { get; init; }

    /// <summary>When its cookie ends by itself, at the latest; until then the row is kept.</summary>
    public required DateTimeOffset ForgottenAt { get; init; }
}
