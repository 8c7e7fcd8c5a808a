namespace EPerfect.ServiceDefaults;

/// <summary>Looks up gauges, together where one look serves several.</summary>
public interface IMeasure
{
    /// <summary>Which.</summary>
    IReadOnlyList<Gauge> Gauges { get; }

    /// <summary>Looks. Fails while what it looks at is away: then there are no values, rather than old ones.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Measured>> ReadAsync(CancellationToken cancellationToken);
}
