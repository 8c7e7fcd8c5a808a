using System.Reflection;
using System.Text.Json;

namespace EPerfect.PersonalData;

/// <summary>Finds the fields of a type and what is declared of each; a member of several fields is looked into.</summary>
internal static class Fields
{
    private sealed record Found(string Path, PropertyInfo Member, DatumAttribute? Datum);

    public static IReadOnlyList<DeclaredField> Of(Type type, Declaration terms) =>
    [
        .. from found in In(type, "", [])
           where found.Datum is not null
           let datum = found.Datum
           select new DeclaredField(
               found.Path,
               datum.Category,
               datum.Description,
               terms.Group,
               datum.Purpose ?? terms.Purpose,
               datum.LegalBasis ?? terms.LegalBasis,
               terms.Retention.Sentence),
    ];

    public static IEnumerable<string> Faults(Type type) => In(type, "", []).Select(found => found switch
    {
        { Datum: null } => $"{type.Name}.{Spelled(found)} is not declared",
        { Datum.Description: var text } when string.IsNullOrWhiteSpace(text) => $"{type.Name}.{Spelled(found)} is not described",
        { Datum.Category: var category } when !Enum.IsDefined(category) => $"{type.Name}.{Spelled(found)} is in no category",
        _ => null,
    }).OfType<string>();

    /// <summary>What a member of a record carries, there or on the constructor's parameter that it is made from.</summary>
    public static T? Attribute<T>(PropertyInfo member)
        where T : Attribute => member.GetCustomAttribute<T>() ?? member.DeclaringType!
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .SelectMany(constructor => constructor.GetParameters())
        .Where(parameter => parameter.Name == member.Name)
        .Select(parameter => parameter.GetCustomAttribute<T>())
        .FirstOrDefault(found => found is not null);

    private static IEnumerable<Found> In(Type type, string prefix, Type[] within)
    {
        foreach (var member in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (member.GetIndexParameters().Length > 0 || member.GetMethod is null) continue;
            var path = prefix + JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            var datum = Attribute<DatumAttribute>(member);
            var (part, isList) = PartOf(member.PropertyType);
            if (datum is null && IsOurs(part, type) && part != type && !within.Contains(part))
            {
                foreach (var inner in In(part, isList ? $"{path}[]." : $"{path}.", [.. within, type])) yield return inner;
            }
            else
            {
                yield return new Found(path, member, datum);
            }
        }
    }

    private static (Type Part, bool IsList) PartOf(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? (value, false)
        : type.GetElementType() is { } element ? (element, true)
        : type.IsGenericType && type.GetGenericArguments() is [var only]
            && typeof(IEnumerable<>).MakeGenericType(only).IsAssignableFrom(type) ? (only, true)
        : (type, false);

    private static bool IsOurs(Type part, Type holder) => part.Assembly == holder.Assembly && !part.IsEnum;

    private static string Spelled(Found found) =>
        found.Path.Contains('.', StringComparison.Ordinal) ? found.Path : found.Member.Name;
}
