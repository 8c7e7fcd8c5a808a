using Microsoft.CodeAnalysis;

namespace EPerfect.PersonalData.Analyzer;

/// <summary>Finds, within a type and the types that it is made of, what looks like personal data.</summary>
internal static class Members
{
    /// <summary>A member that looks like personal data, and why.</summary>
    public readonly struct Finding
    {
        public Finding(ISymbol member, string why) => (Member, Why) = (member, why);

        public ISymbol Member { get; }

        public string Why { get; }

        public string Spelled => $"{Member.ContainingType?.Name}.{Member.Name}";
    }

    public static IEnumerable<Finding> Personal(ITypeSymbol root, ISet<ISymbol> ignored) =>
        Personal(root, ignored, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default), HouseOf(root));

    private static IEnumerable<Finding> Personal(
        ITypeSymbol type, ISet<ISymbol> ignored, HashSet<ITypeSymbol> seen, string house)
    {
        foreach (var part in Types.PartsOf(type))
        {
            if (Types.IsSealed(part) || Types.IsPersonalData(part) || !seen.Add(part)) continue;
            foreach (var (member, held) in Of(part))
            {
                if (ignored.Contains(member.OriginalDefinition) || Excuses.IsDeclared(member)) continue;
                if (Why(member, held) is { } why) yield return new Finding(member, why);
                foreach (var inner in Types.PartsOf(held).Where(one => IsOfHouse(one, house)))
                {
                    foreach (var found in Personal(inner, ignored, seen, house)) yield return found;
                }
            }
        }
    }

    private static string? Why(ISymbol member, ITypeSymbol held) =>
        Types.PartsOf(held).FirstOrDefault(Types.IsPersonal) is { } personal ? $"it is of type {personal.Name}"
        : Types.PartsOf(held).Any(Types.IsSealed) ? null
        : PersonWords.In(member.Name) is { } promised && Types.CanBe(held, promised) ? $"its name says {promised}"
        : null;

    /// <summary>What is written when a value of the type is, inherited members too.</summary>
    private static IEnumerable<(ISymbol Member, ITypeSymbol Held)> Of(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
            return tuple.TupleElements.Select(element => ((ISymbol)element, element.Type));
        var all = new List<(ISymbol, ITypeSymbol)>();
        for (ITypeSymbol? level = type; level is { SpecialType: SpecialType.None }; level = level.BaseType)
        {
            foreach (var member in level.GetMembers())
            {
                if (member is IPropertySymbol { IsIndexer: false, IsStatic: false, GetMethod: not null } property
                    && property.Name != "EqualityContract" && !IsLeftOut(property)) all.Add((property, property.Type));
                if (member is IFieldSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public } field)
                    all.Add((field, field.Type));
            }
        }

        return all;
    }

    private static bool IsLeftOut(IPropertySymbol property) => property.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name is "JsonIgnoreAttribute" or "NotMappedAttribute" && attribute.NamedArguments.Length == 0);

    private static bool IsOfHouse(ITypeSymbol type, string house) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface
        && (type.IsTupleType || HouseOf(type) == house);

    private static string HouseOf(ITypeSymbol type) => type.ContainingAssembly?.Name.Split('.')[0] ?? "";
}
