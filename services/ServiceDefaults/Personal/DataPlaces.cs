using System.Reflection;
using System.Text.Json;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Where declared data rests: the members of stored events, documents and rows that hold it.</summary>
internal sealed class DataPlaces
{
    private readonly List<(string Alias, string Place)> found = [];

    public DataPlaces(IEnumerable<(string Kind, string Name, Type Type)> stored)
    {
        foreach (var (kind, name, type) in stored)
        {
            var whole = type.GetCustomAttribute<InClearAttribute>();
            if (whole is not null) found.Add((Declarations.AliasOf(whole), $"{kind} {name}"));
            Look(type, $"{kind} {name}: ", depth: 3);
        }
    }

    /// <param name="definition">The service: its events, and the rows that it keeps.</param>
    /// <param name="documents">The store's documents.</param>
    public static DataPlaces Of(ServiceDefinition definition, IEnumerable<Type> documents) => new(
    [
        .. definition.Events.Select(stored => ("event", stored.Value, stored.Key)),
        .. documents.Select(type => ("document", type.Name, type)),
        .. definition.Rows.Select(type => ("row", type.Name, type)),
    ]);

    public IReadOnlyList<string> Of(string alias) =>
        [.. found.Where(one => one.Alias == alias).Select(one => one.Place).Distinct().Order(StringComparer.Ordinal)];

    private void Look(Type type, string prefix, int depth)
    {
        foreach (var member in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            var path = prefix + JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            if (Declarations.AliasInClear(member) is { } clear) found.Add((clear, path));
            foreach (var part in PartsOf(member.PropertyType))
            {
                if (Declarations.AliasOfSealed(part) is { } alias) found.Add((alias, path));
                else if (depth > 0 && part != type && part.Assembly == type.Assembly && !part.IsEnum)
                    Look(part, path + ".", depth - 1);
            }
        }
    }

    private static IEnumerable<Type> PartsOf(Type type) =>
        type.GetElementType() is { } element ? PartsOf(element)
        : type.IsGenericType && Declarations.AliasOfSealed(type) is null ? type.GetGenericArguments().SelectMany(PartsOf)
        : [type];
}
