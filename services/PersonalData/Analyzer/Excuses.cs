using Microsoft.CodeAnalysis;

namespace EPerfect.PersonalData.Analyzer;

/// <summary>What is said of a member: on it, on the parameter of the record that it is made from, or on its type.</summary>
internal static class Excuses
{
    public static bool IsDeclared(ISymbol member) => Has(member, "InClearAttribute") || IsNotPersonal(member);

    public static bool IsNotPersonal(ISymbol member) => Has(member, "NotPersonalAttribute");

    public static bool IsDatum(ISymbol member) => HasItself(member, "DatumAttribute");

    // By name alone: contracts refer to nothing and may bring an attribute of their own.
    private static bool Has(ISymbol member, string attribute) =>
        HasItself(member, attribute) || (member.ContainingType is { } type && On(type, attribute));

    private static bool HasItself(ISymbol member, string attribute) => On(member, attribute)
        || (member is IPropertySymbol property && property.ContainingType.InstanceConstructors
            .SelectMany(constructor => constructor.Parameters)
            .Any(parameter => parameter.Name == property.Name && On(parameter, attribute)));

    private static bool On(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Any(one => one.AttributeClass?.Name == attribute);
}
