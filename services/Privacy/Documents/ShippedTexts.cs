using System.Text.Json;
using EPerfect.Privacy.Decisions;

namespace EPerfect.Privacy.Documents;

/// <summary>
/// The texts in <c>Texts/</c>, embedded in the assembly byte for byte, with their dates from <c>Texts/index.json</c>.
/// </summary>
internal sealed record ShippedTexts(IReadOnlyList<DocumentText> All)
{
    private sealed record Entry(string Kind, string Title, IReadOnlyList<EntryVersion> Versions);

    private sealed record EntryVersion(int Version, DateTimeOffset EffectiveAt, string? Materiality);

    public static ShippedTexts Read()
    {
        var index = JsonSerializer.Deserialize<Entry[]>(Resource("index.json"), JsonSerializerOptions.Web) ?? [];
        return new([
            .. from document in index
               from version in document.Versions
               let content = Resource($"{document.Kind}/{version.Version}.txt")
               select new DocumentText(document.Kind, document.Title, version.Version, version.EffectiveAt, content)
               {
                   Materiality = version.Materiality ?? Materiality.Editorial,
                   Purposes = document.Kind == DocumentKind.PrivacyPolicy ? DeclaredPurposes.Read(version.Version) : null,
               },
        ]);
    }

    internal static byte[] Resource(string name)
    {
        using var stream = typeof(ShippedTexts).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} was not shipped.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
