namespace EPerfect.Privacy.Partners.Webhooks;

/// <summary>Where the partner wants its events, and which.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Url">Where to.</param>
/// <param name="Types">Which of the agreed types; all, if there is none.</param>
/// <param name="SetAt">When.</param>
internal sealed record WebhookSet(Guid PartnerId, string Url, IReadOnlyList<string> Types, DateTimeOffset SetAt);

/// <summary>From now on this one signs. The one before it signs along until then, so that no receiver has to change it at
/// the same moment.</summary>
/// <param name="SecretId">The secret.</param>
/// <param name="Secret">It, sealed as a secret of the service.</param>
/// <param name="OldGoodUntil">How long the one before it signs along.</param>
/// <param name="MadeAt">When.</param>
internal sealed record WebhookSecretMade(Guid SecretId, string Secret, DateTimeOffset OldGoodUntil, DateTimeOffset MadeAt);

/// <summary>Nothing is sent to it until the partner resumes it.</summary>
internal sealed record WebhookDisabled(DisabledReason Reason, DateTimeOffset DisabledAt);

/// <summary>It goes on: after this position; null from where it was.</summary>
internal sealed record WebhookResumed(long? After, DateTimeOffset ResumedAt);

internal sealed record WebhookRemoved(DateTimeOffset RemovedAt);

internal enum DisabledReason
{
    /// <summary>For three days nothing that was sent was accepted.</summary>
    Failing,

    /// <summary>It answered 410: nobody wants it there any more.</summary>
    Gone,
}
