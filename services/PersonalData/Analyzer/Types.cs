using Microsoft.CodeAnalysis;

namespace EPerfect.PersonalData.Analyzer;

/// <summary>What a type tells: nothing, something about a person, or text that may be anything.</summary>
internal static class Types
{
    private static readonly HashSet<string> People = new()
    {
        "System.Net.IPAddress", "System.Net.IPEndPoint", "System.Net.EndPoint", "System.Net.NetworkInformation.PhysicalAddress",
        "System.Net.Mail.MailAddress", "System.Net.Mail.MailMessage", "MimeKit.MailboxAddress", "MimeKit.InternetAddress",
        "MimeKit.MimeMessage", "PhoneNumbers.PhoneNumber", "System.Security.Claims.ClaimsPrincipal",
        "System.Security.Claims.ClaimsIdentity", "System.Security.Claims.Claim", "Microsoft.AspNetCore.Http.HttpContext",
        "Microsoft.AspNetCore.Http.HttpRequest", "Microsoft.AspNetCore.Http.ConnectionInfo",
        "Microsoft.AspNetCore.Http.IHeaderDictionary",
    };

    private static readonly HashSet<string> Texts = new()
    {
        "System.Uri", "System.Text.StringBuilder", "Microsoft.Extensions.Primitives.StringValues",
        "System.Text.Json.JsonElement", "System.Text.Json.JsonDocument", "System.Text.Json.Nodes.JsonNode",
        "System.Text.Json.Nodes.JsonObject",
    };

    private static readonly HashSet<string> Dates = new() { "System.DateOnly", "System.DateTime", "System.DateTimeOffset" };

    public static string NameOf(ITypeSymbol type) =>
        $"{type.ContainingNamespace?.ToDisplayString()}.{type.Name}";

    /// <summary>The type and all it is made of: elements of lists, values of dictionaries, what a task gives.</summary>
    public static IEnumerable<ITypeSymbol> PartsOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array) return PartsOf(array.ElementType);
        if (type is INamedTypeSymbol { IsGenericType: true } named && !IsSealed(type) && !IsOpened(type))
            return new[] { type }.Concat(named.TypeArguments.SelectMany(PartsOf));
        return new[] { type };
    }

    public static bool IsSealed(ITypeSymbol type) => type.Name is "Sealed" or "ISealed" && IsLibrary(type);

    /// <summary>Whether values of the type say something about a person, whatever they are called.</summary>
    public static bool IsPersonal(ITypeSymbol type) =>
        IsOpened(type) || IsPersonalData(type) || People.Contains(NameOf(type));

    public static bool IsPersonalData(ITypeSymbol type) =>
        type.AllInterfaces.Any(one => one.Name == "IPersonalData" && IsLibrary(one));

    /// <summary>Whether a value of the type can be what its name promises.</summary>
    public static bool CanBe(ITypeSymbol type, string promised) => PartsOf(type).Any(part =>
        part.SpecialType is SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Char
            or SpecialType.System_Byte
        || part.TypeKind is TypeKind.Dynamic or TypeKind.TypeParameter
        || Texts.Contains(NameOf(part))
        || (PersonWords.IsDate(promised) && (part.SpecialType == SpecialType.System_DateTime || Dates.Contains(NameOf(part))))
        || (PersonWords.IsNumber(promised) && IsNumber(part.SpecialType)));

    // Opened<T>.Clear is a type within Opened<T>.
    private static bool IsOpened(ITypeSymbol type) =>
        (type.Name == "Opened" && IsLibrary(type)) || (type.ContainingType is { } outer && IsOpened(outer));

    private static bool IsLibrary(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() == "EPerfect.PersonalData";

    private static bool IsNumber(SpecialType type) =>
        type is >= SpecialType.System_SByte and <= SpecialType.System_Double && type != SpecialType.System_Byte;
}
