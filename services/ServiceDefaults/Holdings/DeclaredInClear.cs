using System.Collections;
using System.Reflection;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Finds the texts that rest in clear on purpose, inside of an object of ours.</summary>
internal static class DeclaredInClear
{
    private const int Deepest = 8;

    /// <summary>All of them, wherever they are.</summary>
    public static IEnumerable<string> Of(object? data) => Of(data, isDeclared: false, Deepest);

    private static IEnumerable<string> Of(object? data, bool isDeclared, int depth) => data switch
    {
        null or ISealed => [],
        string text => isDeclared ? [text] : [],
        _ when depth == 0 => [],
        IDictionary pairs => pairs.Values.Cast<object?>().SelectMany(one => Of(one, isDeclared, depth - 1)),
        IEnumerable many => many.Cast<object?>().SelectMany(one => Of(one, isDeclared, depth - 1)),
        _ when data.GetType().Namespace?.StartsWith("EPerfect.", StringComparison.Ordinal) == true => data.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .SelectMany(property => Of(property.GetValue(data), isDeclared || IsDeclared(property), depth - 1)),
        _ => [],
    };

    /// <summary>There, or on the parameter of a record that it is made from.</summary>
    private static bool IsDeclared(PropertyInfo member) =>
        member.GetCustomAttribute<InClearAttribute>() is not null
        || member.DeclaringType!.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.Name == member.Name
                && parameter.GetCustomAttribute<InClearAttribute>() is not null);
}
