namespace EPerfect.ServiceDefaults;

/// <summary>
/// Knows from a service's own data, apart from its keys, what the vault was ordered to keep or to restrict, and what it was
/// ordered to let go. A key database that was restored from a backup may know of none of it: it is carried out again before
/// the service serves, and before anything is destroyed.
/// </summary>
public interface IStandingOrders
{
    /// <summary>Carries them out again. Where the vault stands to them, nothing changes.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task CarryOutAsync(CancellationToken cancellationToken);
}
