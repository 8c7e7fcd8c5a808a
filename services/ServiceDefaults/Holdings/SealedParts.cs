using System.Collections;
using System.Reflection;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Finds the sealed values inside of an object of ours.</summary>
internal static class SealedParts
{
    private const int Deepest = 8;

    /// <summary>All of them, wherever they are.</summary>
    public static IEnumerable<ISealed> Of(object? data) => Of(data, Deepest);

    private static IEnumerable<ISealed> Of(object? data, int depth) => data switch
    {
        null or string => [],
        ISealed found => [found],
        _ when depth == 0 => [],
        IDictionary pairs => pairs.Values.Cast<object?>().SelectMany(one => Of(one, depth - 1)),
        IEnumerable many => many.Cast<object?>().SelectMany(one => Of(one, depth - 1)),
        _ when data.GetType().Namespace?.StartsWith("EPerfect.", StringComparison.Ordinal) == true => data.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .SelectMany(property => Of(property.GetValue(data), depth - 1)),
        _ => [],
    };
}
