using System.Text.Json;

namespace EPerfect.Gateway;

/// <summary>One kind of refusal.</summary>
internal sealed record ProblemKind(string Code, IReadOnlyList<int> Status, string Title, string Cause, string Fix);

/// <summary>Every kind of refusal that the platform answers, by code: problems.json.</summary>
internal static class ProblemCatalogue
{
    private static readonly SortedDictionary<string, ProblemKind> Kinds = Read();

    public static IReadOnlyCollection<ProblemKind> All => Kinds.Values;

    public static ProblemKind? Find(string code) => Kinds.GetValueOrDefault(code);

    private static SortedDictionary<string, ProblemKind> Read()
    {
        using var file = typeof(ProblemCatalogue).Assembly.GetManifestResourceStream("problems.json")!;
        var kinds = JsonSerializer.Deserialize<ProblemKind[]>(file, JsonSerializerOptions.Web)!;
        return new(kinds.ToDictionary(kind => kind.Code, StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
