using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>What data may be used for beyond the service itself, each only if the person allows it.</summary>
internal static class Purposes
{
    /// <summary>Information about products and services.</summary>
    public const string DirectMail = "direct-mail";

    /// <summary>Selected partners and their programs.</summary>
    public const string PartnerSharing = "partner-sharing";

    public static IReadOnlyList<string> All { get; } = [DirectMail, PartnerSharing];

    public static readonly Refusal Unknown =
        new(422, "purpose-unknown", $"A purpose is {DirectMail} or {PartnerSharing}.");
}
