using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using EPerfect.Privacy.Documents;

namespace EPerfect.Privacy.Policy;

/// <summary>
/// Which checks hold which sentence. Written by a test from the tests themselves: each says what it holds by
/// <c>[Control("S5")]</c>, so that a check that is deleted holds nothing any more.
/// </summary>
/// <param name="BySentence">By the sentence's id, or that of a claim of it: <c>S5/no-card-number</c>.</param>
/// <param name="Release">Which list this is: a run of other checks says nothing about these.</param>
internal sealed record Controls(ImmutableDictionary<string, IReadOnlyList<string>> BySentence, string Release)
{
    public static Controls Shipped()
    {
        var list = ShippedTexts.Resource("controls.json");
        return new(
            JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(list)!
                .ToImmutableDictionary(StringComparer.Ordinal),
            Convert.ToHexStringLower(SHA256.HashData(list)));
    }

    /// <summary>All checks of a sentence, those of its claims included.</summary>
    public IReadOnlyList<string> Of(string sentence) =>
    [
        .. BySentence
            .Where(checks => checks.Key == sentence || checks.Key.StartsWith(sentence + "/", StringComparison.Ordinal))
            .SelectMany(checks => checks.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>What is claimed by a sentence and held by no check.</summary>
    public IReadOnlyList<string> Missing(Sentence sentence) =>
        [.. (sentence.Claims ?? []).Where(claim => BySentence.GetValueOrDefault($"{sentence.Id}/{claim}", []).Count == 0)];

    public bool Has(string check) => BySentence.Values.Any(checks => checks.Contains(check, StringComparer.Ordinal));

    public Controls Without(string sentence) => this with
    {
        BySentence = BySentence.RemoveRange(BySentence.Keys.Where(
            key => key == sentence || key.StartsWith(sentence + "/", StringComparison.Ordinal))),
    };
}
