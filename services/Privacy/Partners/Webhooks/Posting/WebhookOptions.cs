using System.Security.Cryptography.X509Certificates;

namespace EPerfect.Privacy.Partners.Webhooks.Posting;

/// <summary>Section <c>Webhooks</c>.</summary>
internal sealed record WebhookOptions
{
    /// <summary>Receivers on this machine are posted to as well, over http too. In Development only.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Whose certificates count besides; none, if it is null. In Development only.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>From the first byte sent to the head of the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public static WebhookOptions From(IConfiguration configuration, IHostEnvironment environment) =>
        new() { AllowLoopback = environment.IsDevelopment() && configuration.GetValue<bool>("Webhooks:AllowLoopback") };
}
