using Microsoft.CodeAnalysis;

namespace EPerfect.PersonalData.Analyzer;

/// <summary>Finds fields of personal data that nobody declared; a member of several fields is looked into.</summary>
internal static class Undeclared
{
    public static IEnumerable<ISymbol> In(ITypeSymbol type) =>
        In(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    private static IEnumerable<ISymbol> In(ITypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        if (!seen.Add(type)) yield break;
        foreach (var member in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (member.IsStatic || member.IsIndexer || member.DeclaredAccessibility != Accessibility.Public
                || member.GetMethod is null || Excuses.IsDatum(member)) continue;
            var parts = Types.PartsOf(member.Type).Where(part => IsOurs(part, type)).ToList();
            if (parts.Count == 0) yield return member;
            foreach (var inner in parts.SelectMany(part => In(part, seen))) yield return inner;
        }
    }

    private static bool IsOurs(ITypeSymbol part, ITypeSymbol holder) => part.TypeKind is TypeKind.Class or TypeKind.Struct
        && SymbolEqualityComparer.Default.Equals(part.ContainingAssembly, holder.ContainingAssembly);
}
