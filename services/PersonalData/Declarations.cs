using System.Reflection;
using System.Text.RegularExpressions;

namespace EPerfect.PersonalData;

/// <summary>What personal data a program declares: the source of its record of processing.</summary>
public static partial class Declarations
{
    private static readonly MethodInfo Declared =
        typeof(Declarations).GetMethod(nameof(Of), 1, BindingFlags.NonPublic | BindingFlags.Static, [])!;

    /// <summary>Lists the declarations of all <see cref="IPersonalData"/> types, by alias.</summary>
    /// <param name="assemblies">Where to look.</param>
    /// <returns>One declaration per type.</returns>
    /// <exception cref="InvalidOperationException"> An alias is taken twice or malformed, or a term is empty; names
    /// each.
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
        return Check(found) is { Count: > 0 } faults
            ? throw new InvalidOperationException($"Personal data is wrongly declared: {string.Join("; ", faults)}.")
            : found.ConvertAll(found => found.Declaration);
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
        .. found.SelectMany(one => EmptyTerms(one.Declaration), (one, term) => $"{one.Type.Name} has no {term}"),
    ];

    private static IEnumerable<string> EmptyTerms(Declaration declaration) =>
        new[]
        {
            ("purpose", declaration.Purpose),
            ("legal basis", declaration.LegalBasis),
            ("retention", declaration.Retention),
        }.Where(term => string.IsNullOrWhiteSpace(term.Item2)).Select(term => term.Item1);

    private static Declaration Of(Type type) => (Declaration)Declared.MakeGenericMethod(type).Invoke(null, null)!;

    private static Declaration Of<T>()
        where T : IPersonalData => T.Declared;

    [GeneratedRegex(@"\A[a-z][a-z0-9]*([.-][a-z0-9]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AliasForm();
}
