using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>The declarations of a service, as an export needs them: by the name under which a value is kept.</summary>
internal sealed class DeclaredTerms
{
    private readonly Dictionary<string, Declaration> declared;
    private readonly Dictionary<string, ClearDeclaration> places;

    public DeclaredTerms(ServiceDefinition definition)
    {
        var assemblies = DeclaredHere.AssembliesOf(definition.Home);
        declared = Declarations.Of(assemblies).ToDictionary(one => one.Alias, StringComparer.Ordinal);
        places = Declarations.InClear(assemblies)
            .SelectMany(one => one.Places, (one, place) => (one, place))
            .ToDictionary(pair => pair.place, pair => pair.one, StringComparer.Ordinal);
    }

    /// <summary>The fields of a sealed value.</summary>
    /// <exception cref="InvalidOperationException">It is declared nowhere: passing over it would leave a gap.</exception>
    public IReadOnlyList<DeclaredField> FieldsOf(ISealed value) =>
        declared.TryGetValue(value.Declared.Alias, out var found)
            ? found.Fields
            : throw new InvalidOperationException($"'{value.Declared.Alias}' is declared nowhere and cannot be told.");

    /// <summary>What rests in clear there on purpose; null if nothing that says something about a person.</summary>
    public ClearDeclaration? InClear(Type type, string? member = null) =>
        places.GetValueOrDefault(member is null ? type.Name : $"{type.Name}.{member}");
}
