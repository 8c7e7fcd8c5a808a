using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EPerfect.Privacy.Requests.Clocks;

/// <summary>All clocks, read once from what ships with the service. Unknown zones or regions end the start.</summary>
internal sealed class ShippedClocks
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private readonly FrozenDictionary<string, Clock> clocks;

    private ShippedClocks(IEnumerable<Clock> all) =>
        clocks = all.ToFrozenDictionary(clock => clock.Regime.Code, StringComparer.Ordinal);

    public IEnumerable<string> Codes => clocks.Keys.Order(StringComparer.Ordinal);

    public Clock? Find(string regime) => clocks.GetValueOrDefault(regime);

    public static ShippedClocks Read() => new(
        Read<List<Regime>>("regimes.json").Select(regime =>
            new Clock(regime, Read<Calendar>($"Regions/{regime.Region}.json"))));

    private static T Read<T>(string name)
    {
        using var content = typeof(ShippedClocks).Assembly.GetManifestResourceStream($"Clocks/{name}")
            ?? throw new InvalidOperationException($"Clocks/{name} is not shipped.");
        return JsonSerializer.Deserialize<T>(content, Json)!;
    }
}
