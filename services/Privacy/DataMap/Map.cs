using System.Collections.Immutable;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.DataMap;

/// <summary>A service that runs said what it holds and moves; the data map is this, service by service.</summary>
/// <param name="Service">The service.</param>
/// <param name="Declared">What it said.</param>
/// <param name="Version">The higher one counts.</param>
internal sealed record DataMapGenerated(string Service, DataDeclared Declared, long Version);

/// <summary>What each running service holds on people and moves. Names no person.</summary>
internal sealed record Map : IOwned
{
    public static readonly Guid StreamId = OwnStreams.DataMap;

    public Guid Id { get; init; }

    Guid? IOwned.AccountId => null;

    public ImmutableSortedDictionary<string, DataMapGenerated> Services { get; init; } =
        ImmutableSortedDictionary.Create<string, DataMapGenerated>(StringComparer.Ordinal);

    public Map Apply(DataMapGenerated e) => this with { Services = Services.SetItem(e.Service, e) };

    /// <summary>Messages come again, late and out of order.</summary>
    internal static Decision Take(Map? map, DataMapGenerated said) =>
        map?.Services.GetValueOrDefault(said.Service)?.Version >= said.Version ? Decision.Nothing : Decision.Of(said);
}
