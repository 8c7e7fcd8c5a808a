using System.Reflection;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>What a service declares: all of its own assembly, and of the libraries that it loads, such as this one, what it
/// stores.</summary>
/// <param name="Sealed">What rests sealed.</param>
/// <param name="InClear">What rests in clear on purpose.</param>
internal sealed record DeclaredHere(IReadOnlyList<Declaration> Sealed, IReadOnlyList<ClearDeclaration> InClear)
{
    public static DeclaredHere By(ServiceDefinition definition) => By(definition, DataPlaces.Of(definition, documents: []));

    public static DeclaredHere By(ServiceDefinition definition, DataPlaces places)
    {
        var assemblies = AssembliesOf(definition.Home);
        HashSet<string> own =
        [
            .. Declarations.Of(definition.Home).Select(one => one.Alias),
            .. Declarations.InClear(definition.Home).Select(one => one.Alias),
        ];
        bool IsHere(string alias) => own.Contains(alias) || places.Of(alias).Count > 0;
        return new DeclaredHere(
            [.. Declarations.Of(assemblies).Where(one => IsHere(one.Alias))],
            [.. Declarations.InClear(assemblies).Where(one => IsHere(one.Alias))]);
    }

    /// <summary>The assembly, and those of the same house that it is made with.</summary>
    public static IReadOnlyList<Assembly> AssembliesOf(Assembly home)
    {
        var found = new List<Assembly> { home };
        for (var next = 0; next < found.Count; next++)
        {
            found.AddRange(found[next].GetReferencedAssemblies()
                .Where(name => HouseOf(name) == HouseOf(home.GetName()))
                .Select(Assembly.Load)
                .Except(found)
                .ToArray());
        }

        return found;
    }

    private static string HouseOf(AssemblyName name) => name.Name!.Split('.')[0];
}
