using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Knows from a service's own data, apart from its keys, what was erased. A key database that was restored from a backup
/// may have got such keys back; what the sources name is destroyed again before the service serves.
/// </summary>
public interface IErasureLedgerSource
{
    /// <summary>Reads all erasures that were done, in any order; naming one twice does no harm.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<LedgerEntry> ReadAsync(CancellationToken cancellationToken);
}
