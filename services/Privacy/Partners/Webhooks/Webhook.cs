using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Webhooks;

internal enum WebhookState
{
    Removed,

    /// <summary>Nothing is sent until the partner has made a secret.</summary>
    WithoutSecret,
    Active,
    Disabled,

    /// <summary>As it is shown while the partner's agreement is suspended or over: nothing is sent by any way.</summary>
    Stopped,
}

/// <summary>A secret that signs.</summary>
/// <param name="Id">The secret.</param>
/// <param name="Sealed">It, sealed.</param>
/// <param name="MadeAt">Since when it signs.</param>
/// <param name="GoodUntil">Until when; null for the newest.</param>
internal sealed record WebhookSecret(Guid Id, string Sealed, DateTimeOffset MadeAt, DateTimeOffset? GoodUntil = null);

/// <summary>The address to which a partner's events are posted, and what they are signed with.</summary>
internal sealed record Webhook : IOwned
{
    public const string Way = "webhook";

    public Guid Id { get; init; }

    public Guid PartnerId { get; init; }

    Guid? IOwned.AccountId => null;

    Guid? IOwned.PartnerId => PartnerId;

    /// <summary>Null when it was removed.</summary>
    public string? Url { get; init; }

    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The newest.</summary>
    public WebhookSecret? Secret { get; init; }

    /// <summary>The one before it.</summary>
    public WebhookSecret? OldSecret { get; init; }

    public WebhookDisabled? Disabled { get; init; }

    public WebhookState State => this switch
    {
        { Url: null } => WebhookState.Removed,
        { Secret: null } => WebhookState.WithoutSecret,
        { Disabled: not null } => WebhookState.Disabled,
        _ => WebhookState.Active,
    };

    public static Guid IdOf(Guid partner) => DeterministicId.From(partner, Way);

    /// <summary>What signs at this time.</summary>
    public IEnumerable<WebhookSecret> Signing(DateTimeOffset now) =>
        from secret in new[] { Secret, OldSecret } where secret is not null && !(secret.GoodUntil <= now) select secret;

    /// <summary>One that was removed is not there.</summary>
    public static Refusal? WhyNot(Webhook? webhook) =>
        webhook is null or { State: WebhookState.Removed } ? Refusals.NotFound("webhook") : null;

    public static Webhook Create(WebhookSet e) =>
        new() { Id = IdOf(e.PartnerId), PartnerId = e.PartnerId, Url = e.Url, Types = e.Types };

    public Webhook Apply(WebhookSet e) => this with { Url = e.Url, Types = e.Types };

    public Webhook Apply(WebhookSecretMade e) => this with
    {
        Secret = new(e.SecretId, e.Secret, e.MadeAt),
        OldSecret = Secret is { } old ? old with { GoodUntil = e.OldGoodUntil } : null,
    };

    public Webhook Apply(WebhookDisabled e) => this with { Disabled = e };

    public Webhook Apply(WebhookResumed _) => this with { Disabled = null };

    public Webhook Apply(WebhookRemoved _) => new() { Id = Id, PartnerId = PartnerId };
}
