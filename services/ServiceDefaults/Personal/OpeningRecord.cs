using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Makes the record of an opening.</summary>
internal static class OpeningRecord
{
    /// <summary>The record; its details are sealed for the person.</summary>
    public static async Task<PersonalDataOpened> OfAsync(
        Vault vault,
        Guid id,
        Guid accountId,
        OpeningDetails details,
        DateTimeOffset at,
        CancellationToken cancellationToken) =>
        new(id, accountId, await SealAsync(vault, accountId, details, cancellationToken), at);

    /// <summary>Which groups of data these values belong to, by name.</summary>
    public static IReadOnlyList<string> GroupsOf(IEnumerable<ISealed> values) =>
        [.. values.Select(value => value.Group).Distinct().Order().Select(group => group.ToString().ToLowerInvariant())];

    private static async Task<Sealed<OpeningDetails>?> SealAsync(
        Vault vault, Guid accountId, OpeningDetails details, CancellationToken cancellationToken)
    {
        try
        {
            return await vault.SealAsync(accountId, details, cancellationToken);
        }
        catch (SubjectErasedException)
        {
            // That somebody looked stays on record, also when nobody is left to read of it.
            return null;
        }
    }
}
