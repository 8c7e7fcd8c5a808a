using System.Reflection;
using System.Text.RegularExpressions;

namespace EPerfect.PersonalData;

/// <summary>What personal data a program declares: the source of its record of processing.</summary>
public static partial class Declarations
{
    private static readonly MethodInfo Terms =
        typeof(Declarations).GetMethod(nameof(TermsOf), 1, BindingFlags.NonPublic | BindingFlags.Static, [])!;

    /// <summary>Lists the declarations of all <see cref="IPersonalData"/> types, by alias.</summary>
    /// <param name="assemblies">Where to look.</param>
    /// <returns>One declaration per type, with its fields.</returns>
    /// <exception cref="InvalidOperationException"> An alias is taken twice or malformed, a term is empty, or a field is not
    /// declared; names each.
    /// </exception>
    public static IReadOnlyList<Declaration> Of(params IEnumerable<Assembly> assemblies)
    {
        var found = assemblies
            .Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(IPersonalData)))
            .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false })
            .Select(type => (Type: type, Declaration: Of(type)))
            .OrderBy(found => found.Declaration.Alias, StringComparer.Ordinal)
            .ThenBy(found => found.Type.Name, StringComparer.Ordinal)
            .ToList();
        Refuse(Check(found));
        return found.ConvertAll(found => found.Declaration with { Fields = Fields.Of(found.Type, found.Declaration) });
    }

    /// <summary>The declaration of one type, with its fields.</summary>
    /// <typeparam name="T">The personal data.</typeparam>
    public static Declaration Of<T>()
        where T : IPersonalData => T.Declared with { Fields = Fields.Of(typeof(T), T.Declared) };

    /// <summary>Lists what rests in clear on purpose, by alias, with the places where it does.</summary>
    /// <param name="assemblies">Where to look.</param>
    /// <exception cref="InvalidOperationException">An alias is taken twice or malformed, or a term is empty; names each.
    /// </exception>
    public static IReadOnlyList<ClearDeclaration> InClear(params IEnumerable<Assembly> assemblies)
    {
        var found = assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()).SelectMany(ClearPlaces)
            .GroupBy(place => place.Declaration, place => place.Place)
            .Select(same => same.Key with { Places = [.. same.Order(StringComparer.Ordinal)] })
            .OrderBy(declaration => declaration.Alias, StringComparer.Ordinal)
            .ToList();
        Refuse([
            .. found.CountBy(one => one.Alias, StringComparer.Ordinal).Where(same => same.Value > 1)
                .Select(same => $"'{same.Key}' is declared in clear twice"),
            .. found.Where(one => !AliasForm().IsMatch(one.Alias)).Select(one => $"'{one.Alias}' is not of lower-case words"),
            .. found.Where(one => !Enum.IsDefined(one.Group)).Select(one => $"'{one.Alias}' is in no group"),
            .. found.Where(one => !Enum.IsDefined(one.Category)).Select(one => $"'{one.Alias}' is in no category"),
            .. found.SelectMany(
                one => EmptyTerms(one.Description, one.Purpose, one.LegalBasis, one.Retention),
                (one, term) => $"'{one.Alias}' has {term}"),
        ]);
        return found;
    }

    /// <summary>The kind that an attribute names.</summary>
    /// <param name="attribute">The attribute.</param>
    public static string AliasOf(InClearAttribute attribute) => attribute.Declaration.Alias;

    /// <summary>The kind that a member holds in clear; null if it holds none.</summary>
    /// <param name="member">A member of an event, document or row.</param>
    public static string? AliasInClear(PropertyInfo member) => Fields.Attribute<InClearAttribute>(member)?.Declaration.Alias;

    /// <summary>The kind of data inside of a <see cref="Sealed{T}"/>; null for any other type.</summary>
    /// <param name="type">A type.</param>
    public static string? AliasOfSealed(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Sealed<>)
            ? Of(type.GetGenericArguments()[0]).Alias
            : null;

    private static IEnumerable<(ClearDeclaration Declaration, string Place)> ClearPlaces(Type type)
    {
        if (type.GetCustomAttribute<InClearAttribute>() is { } whole) yield return (whole.Declaration, type.Name);
        foreach (var member in type.GetProperties(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            if (Fields.Attribute<InClearAttribute>(member) is { } part)
                yield return (part.Declaration, $"{type.Name}.{member.Name}");
        }
    }

    private static void Refuse(List<string> faults)
    {
        if (faults.Count > 0)
            throw new InvalidOperationException($"Personal data is wrongly declared: {string.Join("; ", faults)}.");
    }

    internal static List<string> Check(IReadOnlyList<(Type Type, Declaration Declaration)> found) =>
    [
        .. found.GroupBy(one => one.Declaration.Alias, StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => $"{string.Join(" and ", same.Select(one => one.Type.Name))} share the alias '{same.Key}'"),
        .. found.Where(one => !AliasForm().IsMatch(one.Declaration.Alias))
            .Select(one => $"{one.Type.Name}'s alias is not of lower-case words joined by '-' or '.'"),
        .. found.Where(one => !Enum.IsDefined(one.Declaration.Group))
            .Select(one => $"{one.Type.Name} is in no group"),
        .. found.SelectMany(
            one => EmptyTerms(
                "-", one.Declaration.Purpose, one.Declaration.LegalBasis, one.Declaration.Retention),
            (one, term) => $"{one.Type.Name} has {term}"),
        .. found.SelectMany(one => Fields.Faults(one.Type)),
    ];

    private static IEnumerable<string> EmptyTerms(string text, string purpose, string legalBasis, Retention? retention) =>
        new[]
        {
            ("no description", text),
            ("no purpose", purpose),
            ("no legal basis", legalBasis),
        }.Where(term => string.IsNullOrWhiteSpace(term.Item2)).Select(term => term.Item1)
        .Concat(retention?.Faults() ?? ["no retention"]);

    private static Declaration Of(Type type) => (Declaration)Terms.MakeGenericMethod(type).Invoke(null, null)!;

    private static Declaration TermsOf<T>()
        where T : IPersonalData => T.Declared;

    [GeneratedRegex(@"\A[a-z][a-z0-9]*([.-][a-z0-9]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AliasForm();
}
