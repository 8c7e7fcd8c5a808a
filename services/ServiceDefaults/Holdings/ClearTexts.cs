using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What is known of a person in clear, for the moment of a search. What many people share (a country, a brand, four
/// digits) is left out: it would be found everywhere and say nothing. So is what the same person has in clear on purpose: an
/// organisation that is named like its domain.
/// </summary>
internal sealed class ClearTexts(IHoldings holdings, Vault vault)
{
    private const int Shortest = 7;
    private static readonly HashSet<string> Shared = new(StringComparer.OrdinalIgnoreCase)
    {
        "city", "country", "region", "postalCode", "brand", "lastFour", "expiry",
    };

    /// <summary>The texts of one person, opened.</summary>
    public async Task<IReadOnlyCollection<string>> OfAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var subjects = (await holdings.SubjectsAsync(accountId, cancellationToken)).ToHashSet();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var declared = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var held in holdings.OfAsync(accountId, subjects, cancellationToken))
        {
            if (!held.IsSought) continue;
            declared.UnionWith(DeclaredInClear.Of(held.Data));
            foreach (var part in SealedParts.Of(held.Data).Where(part => subjects.Contains(part.Subject)))
            {
                // The person asked for it, restricted or not: what is not opened here is not looked for.
                var opened = await part.OpenAsync(vault, RestrictionException.ConsentOfThePerson, cancellationToken);
                if (opened.Value is { } value)
                    Collect(JsonSerializer.SerializeToNode(value, value.GetType(), JsonSerializerOptions.Web), name: "", texts);
            }
        }

        texts.ExceptWith(texts.Where(declared.Contains).ToArray());
        return texts;
    }

    private static void Collect(JsonNode? node, string name, HashSet<string> texts)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (field, value) in fields) Collect(value, field, texts);
                break;
            case JsonArray items:
                foreach (var item in items) Collect(item, name, texts);
                break;
            case JsonValue leaf when leaf.TryGetValue<string>(out var text) && !Shared.Contains(name) && IsTelling(text):
                // JSON may write the plus sign of a phone number as an escape.
                texts.Add(text.TrimStart('+'));
                break;
            default:
                break;
        }
    }

    private static bool IsTelling(string text) =>
        text.Length >= Shortest
        && !(System.Net.IPAddress.TryParse(text, out var address) && System.Net.IPAddress.IsLoopback(address));
}
