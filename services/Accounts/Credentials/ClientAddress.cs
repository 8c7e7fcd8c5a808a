using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>Where a sign-in came from.</summary>
internal sealed record ClientAddress(string Address) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "client-address",
        DataGroup.Logs,
        Purpose: "so that the person recognises a sign-in that was not theirs",
        LegalBasis: "legitimate interest",
        Retention: "90 days");
}
