using System.Net;
using System.Net.Mail;
using System.Reflection;
using System.Security.Claims;
using System.Text.Json.Serialization;

namespace EPerfect.PersonalData;

/// <summary>
/// Finds what looks like personal data and is neither sealed nor declared in types that are stored or sent. The analyzer
/// does the same where code is compiled; this sees what is registered by other ways.
/// </summary>
public static class Exposure
{
    private static readonly Type[] People =
        [typeof(IPersonalData), typeof(IPAddress), typeof(EndPoint), typeof(MailAddress), typeof(ClaimsPrincipal)];

    private static readonly Type[] Texts = [typeof(string), typeof(object), typeof(char), typeof(byte), typeof(Uri)];

    private static readonly Type[] Dates = [typeof(DateOnly), typeof(DateTime), typeof(DateTimeOffset)];

    /// <summary>Looks into the types and all that they are made of.</summary>
    /// <param name="types">What is stored or sent.</param>
    /// <returns>Each member with the reason, such as <c>AccountOpened.Email: its name says email</c>.</returns>
    public static IReadOnlyList<string> In(IEnumerable<Type> types)
    {
        var seen = new HashSet<Type>();
        return [.. types.SelectMany(type => In(type, HouseOf(type), seen)).Distinct()];
    }

    /// <summary>Looks at single members, such as those of a form, and into what they are made of.</summary>
    /// <param name="members">What is taken in.</param>
    /// <returns>Each with the reason, as for types.</returns>
    public static IReadOnlyList<string> In(IEnumerable<PropertyInfo> members)
    {
        var seen = new HashSet<Type>();
        return [.. members.SelectMany(one => In(one.ReflectedType!, one, HouseOf(one.ReflectedType!), seen)).Distinct()];
    }

    private static IEnumerable<string> In(Type type, string house, HashSet<Type> seen)
    {
        if (IsPersonal(type)) yield return $"{type.Name}: all of it is personal";
        if (!IsOfHouse(type, house) || IsPersonal(type) || IsSealed(type) || !seen.Add(type) || IsExcused(type)) yield break;
        foreach (var member in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            foreach (var found in In(type, member, house, seen)) yield return found;
        }
    }

    private static IEnumerable<string> In(Type type, PropertyInfo member, string house, HashSet<Type> seen)
    {
        if (member.GetIndexParameters().Length > 0 || member.IsDefined(typeof(JsonIgnoreAttribute)) && IsLeftOut(member)
            || Fields.Attribute<InClearAttribute>(member) is not null
            || Fields.Attribute<NotPersonalAttribute>(member) is not null) yield break;
        var parts = PartsOf(member.PropertyType).ToArray();
        if (Why(member.Name, parts) is { } why) yield return $"{type.Name}.{member.Name}: {why}";
        foreach (var found in parts.Where(part => !IsPersonal(part)).SelectMany(part => In(part, house, seen)))
            yield return found;
    }

    private static string? Why(string name, Type[] parts) =>
        parts.FirstOrDefault(IsPersonal) is { } personal ? $"it is of type {personal.Name}"
        : parts.Any(IsSealed) ? null
        : PersonWords.In(name) is { } promised && parts.Any(part => CanBe(part, promised)) ? $"its name says {promised}"
        : null;

    private static IEnumerable<Type> PartsOf(Type type) =>
        type.GetElementType() is { } element ? PartsOf(element)
        : type.IsGenericType && !IsSealed(type) && !IsPersonal(type) ? [type, .. type.GetGenericArguments().SelectMany(PartsOf)]
        : [type];

    private static bool IsPersonal(Type type) => People.Any(one => one.IsAssignableFrom(type)) || IsOf(type, typeof(Opened<>));

    private static bool IsSealed(Type type) => IsOf(type, typeof(Sealed<>));

    private static bool IsOf(Type type, Type generic) =>
        (type.IsGenericType && type.GetGenericTypeDefinition() == generic)
        || (type.DeclaringType is { } outer && IsOf(outer, generic));

    private static bool IsExcused(Type type) =>
        type.IsDefined(typeof(InClearAttribute)) || type.IsDefined(typeof(NotPersonalAttribute));

    private static bool IsLeftOut(PropertyInfo member) =>
        member.GetCustomAttribute<JsonIgnoreAttribute>()!.Condition == JsonIgnoreCondition.Always;

    private static bool CanBe(Type part, string promised) => Texts.Contains(part)
        || (PersonWords.IsDate(promised) && Dates.Contains(part))
        || (PersonWords.IsNumber(promised) && part.IsPrimitive && part != typeof(bool));

    private static bool IsOfHouse(Type type, string house) => !type.IsEnum && HouseOf(type) == house;

    private static string HouseOf(Type type) => type.Assembly.GetName().Name!.Split('.')[0];
}
