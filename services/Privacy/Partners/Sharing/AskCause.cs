using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sharing;

/// <summary>Why the services are asked.</summary>
internal sealed class AskCause
{
    private readonly string? name;
    private readonly IReadOnlyList<string>? members;
    private readonly string? unlessReceivedFrom;

    private AskCause(string? name, IReadOnlyList<string>? members = null, string? unlessReceivedFrom = null) =>
        (this.name, this.members, this.unlessReceivedFrom) = (name, members, unlessReceivedFrom);

    /// <summary>The person agreed, or an agreement began to hold for who agreed before: whichever comes first, it is one
    /// question.</summary>
    public static AskCause Consent { get; } = new(name: null);

    /// <summary>A domain has a registrant: who agreed before there was one was not told of it.</summary>
    public static AskCause Registrant { get; } = new("registrant", OfDomains, unlessReceivedFrom: "domains");

    /// <summary>It could not be opened before.</summary>
    public static AskCause Lifted(long personVersion) => new($"lifted {personVersion}");

    /// <summary>What one service holds was corrected: that service alone is asked.</summary>
    public static AskCause CorrectedInAccounts(long version) =>
        new($"accounts {version}", OfAccounts);

    /// <inheritdoc cref="CorrectedInAccounts"/>
    public static AskCause CorrectedInDomains(Guid contact, long version) =>
        new($"domains {contact:D} {version}", OfDomains);

    private static IReadOnlyList<string> OfAccounts => [CustomerMembers.Name, CustomerMembers.Email];

    private static IReadOnlyList<string> OfDomains => [CustomerMembers.Phone, CustomerMembers.Address];

    /// <summary>Whether nothing new can be learned by asking.</summary>
    public bool IsSettled(Sharing? known) =>
        unlessReceivedFrom is { } service && known?.Received.ContainsKey(service) == true;

    public bool IsAbout(string member) => members?.Contains(member, StringComparer.Ordinal) ?? true;

    /// <summary>The same for whoever asks for the same cause. Given again after a withdrawal, a consent is another one.</summary>
    public string NameFor(Person person) => name
        ?? $"consent {person.Choices.FindLastIndex(choice => choice.Purpose == Purposes.PartnerSharing)}";
}
