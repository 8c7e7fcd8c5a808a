using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Testing;

/// <summary>An opening as it is on record, with its details opened.</summary>
/// <param name="AccountId">Whose data.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="Details">Who, what and why, as it rests.</param>
/// <param name="Actor">Who.</param>
/// <param name="Role">In which role.</param>
/// <param name="Groups">Which groups of data.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Ground">Because of what.</param>
/// <param name="Resource">What was read.</param>
public sealed record OpeningOnRecord(
    Guid AccountId,
    DateTimeOffset OpenedAt,
    Sealed<OpeningDetails>? Details,
    string? Actor,
    string? Role,
    IReadOnlyList<string> Groups,
    string? Purpose,
    string? Ground,
    string? Resource);

/// <summary>What a service has put on record of who saw whose data.</summary>
public static class OpeningsOnRecord
{
    /// <summary>All, in no order.</summary>
    /// <param name="services">The service's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<OpeningOnRecord>> OpeningsAsync(
        this IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
        var vault = services.GetRequiredService<Vault>();
        var found = new List<OpeningOnRecord>();
        foreach (var e in await session.Events.QueryRawEventDataOnly<PersonalDataOpened>().ToListAsync(cancellationToken))
        {
            var known = e.Details is { } details
                ? (await vault.OpenAsync(details, cancellationToken) as Opened<OpeningDetails>.Clear)?.Value
                : null;
            found.Add(new OpeningOnRecord(
                e.AccountId, e.OpenedAt, e.Details, known?.Actor, known?.Role, known?.Groups ?? [], known?.Purpose,
                known?.Ground, known?.Resource));
        }

        return found;
    }
}
