using System.Text.Json;
using EPerfect.Privacy.Documents;

namespace EPerfect.Privacy.Decisions;

/// <summary>What a shipped version of the privacy policy allows: <c>Texts/privacy-policy/{version}.purposes.json</c>.</summary>
internal static class DeclaredPurposes
{
    public static IReadOnlyList<PurposeDeclaration> Read(int version) =>
        JsonSerializer.Deserialize<PurposeDeclaration[]>(
            ShippedTexts.Resource($"{DocumentKind.PrivacyPolicy}/{version}.purposes.json"), JsonSerializerOptions.Web) ?? [];
}
