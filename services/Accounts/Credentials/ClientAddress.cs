using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>Where a sign-in came from.</summary>
internal sealed record ClientAddress(
    [Datum(DataCategory.DeviceAddress, "the network address that a sign-in came from")] string Address) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "client-address",
        DataGroup.Logs,
        Purpose: "so that the person recognises a sign-in that was not theirs",
        LegalBasis: "legitimate interest",
        Retention: Activity.Retention);
}
