using System.Collections.Immutable;
using System.Text.Json;
using EPerfect.Privacy.Documents;

namespace EPerfect.Privacy.Policy;

/// <summary>
/// Which checks hold which sentence. Written by a test from the tests themselves: each says what it holds by
/// <c>[Control("S5")]</c>, so that a check that is deleted holds nothing any more.
/// </summary>
internal sealed record Controls(ImmutableDictionary<string, IReadOnlyList<string>> BySentence)
{
    public static Controls Shipped() => new(
        JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(ShippedTexts.Resource("controls.json"))!
            .ToImmutableDictionary(StringComparer.Ordinal));

    public IReadOnlyList<string> Of(string sentence) => BySentence.GetValueOrDefault(sentence, []);

    public bool Has(string check) => BySentence.Values.Any(checks => checks.Contains(check, StringComparer.Ordinal));

    public Controls Without(string sentence) => new(BySentence.Remove(sentence));
}
