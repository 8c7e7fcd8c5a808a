using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.ApiClients;

/// <summary>A program that an owner let in. Its secret is not here: credentials are never events.</summary>
internal sealed record ApiClient(
    Guid Id,
    Sealed<ApiClientName> Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    Guid? CreatedBy = null)
{
    public bool IsGoodAt(DateTimeOffset now) => ExpiresAt is not { } end || end > now;
}

/// <summary>What an owner calls a program; people write names of people there.</summary>
internal sealed record ApiClientName(
    [Datum(DataCategory.FreeText, "what the owner calls the program")] string Name) : IPersonalData
{
    public const int Longest = 100;

    public static Declaration Declared { get; } = new(
        "api-client-name",
        DataGroup.Identity,
        Purpose: "so that an owner tells programs apart",
        LegalBasis: "contract",
        Retention: RetentionRules.ClosedAccount);
}
