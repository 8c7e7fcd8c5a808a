using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EPerfect.PersonalData.Analyzer;

/// <summary>Finds what is stored or sent: as it is registered, and every contract.</summary>
internal static class Roots
{
    /// <summary>What a call registers as an event, a stream, a message, a document or a table.</summary>
    public static ITypeSymbol? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.TypeArguments.Length == 0) return null;
        var holder = method.ContainingType?.Name;
        var registers = holder switch
        {
            "ServiceDefinition" => method.Name is "Event" or "Stream" or "Publishes" or "Reacts",
            "MartenRegistry" or "DocumentMappingRegistry" => method.Name is "For",
            "ModelBuilder" => method.Name is "Entity",
            _ => method.Name is "Snapshot" or "LiveStreamAggregation" or "MapEventType" or "AddEventType"
                && call.TargetMethod.ContainingNamespace.ToDisplayString() is var space
                && (space.StartsWith("Marten") || space.StartsWith("JasperFx")),
        };
        return registers ? method.TypeArguments[0] : null;
    }

    /// <summary>What a type is or declares: a contract, a projection's document, a table.</summary>
    public static IEnumerable<ITypeSymbol> Of(INamedTypeSymbol type)
    {
        if (type.ContainingAssembly.Name.EndsWith(".Contracts") && type.DeclaredAccessibility == Accessibility.Public)
            yield return type;
        if (type.BaseType is { Name: "SingleStreamProjection" or "MultiStreamProjection" } projection)
            yield return projection.TypeArguments[0];
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol { Type: INamedTypeSymbol { Name: "DbSet", TypeArguments.Length: 1 } set })
                yield return set.TypeArguments[0];
        }
    }

    /// <summary>The member that a table leaves out, <c>entity.Ignore(one => one.Email)</c>; or of which is said why it is none,
    /// as a library's type cannot be marked: <c>entity.Property(one => one.DisplayName).NotPersonal("...")</c>.</summary>
    public static ISymbol? Ignored(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var excuses = (method.Name == "Ignore" && method.ContainingType?.Name == "EntityTypeBuilder")
            || (method.Name == "NotPersonal" && method.ReturnType.Name == "PropertyBuilder");
        if (!excuses) return null;
        foreach (var operation in call.Descendants())
        {
            if (operation is IPropertyReferenceOperation reference) return reference.Property.OriginalDefinition;
        }

        return null;
    }
}
