using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Tells one holding to the person: opens what is sealed for them, names the terms of each value, and adds the plain facts.
/// No entry in the register of openings: nobody but the person reads it. What is opened goes from the key into the cipher
/// of an export that only the person can fetch; the order and each download are on record.
/// </summary>
internal sealed class Teller(DeclaredTerms terms, Vault vault)
{
    private const int Deepest = 8;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public async Task<ToldHolding> TellAsync(
        Holding held, IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken)
    {
        if (held.Withheld is { } reason) return new ToldHolding(held.Source, held.Id, held.At, [], Withheld: reason);
        var data = new List<ToldDatum>();
        foreach (var part in SealedParts.Of(held.Data))
            data.AddRange(await OpenedAsync(part, subjects, cancellationToken));
        var facts = Plain(held.Data, data, Deepest) as JsonObject;
        return new ToldHolding(held.Source, held.Id, held.At, data, facts is { Count: > 0 } ? facts : null);
    }

    private async Task<IEnumerable<ToldDatum>> OpenedAsync(
        ISealed part, IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken)
    {
        var fields = terms.FieldsOf(part);
        if (!subjects.Contains(part.Subject))
        {
            return fields.Select(field =>
                Datum(part, field) with { State = ToldDatum.Held, Reason = WithheldReasons.AnotherPerson });
        }

        // Restricted or not: who asks for their data consents to being given it (GDPR Art. 18(2)).
        var opened = await part.OpenAsync(vault, RestrictionException.ConsentOfThePerson, cancellationToken);
        var value = opened.Value is { } clear ? JsonSerializer.SerializeToNode(clear, clear.GetType(), Json) : null;
        return fields.Select(field => Datum(part, field) switch
        {
            var datum when field.Category == DataCategory.Credential =>
                datum with { State = ToldDatum.Held, Reason = WithheldReasons.Secret },
            var datum => datum with { State = opened.State, Value = At(value, field.Path) },
        });
    }

    private static ToldDatum Datum(ISealed part, DeclaredField field) => new(
        $"{part.Declared.Alias}.{field.Path}",
        Word(field.Category),
        field.Description,
        Word(field.Group),
        field.Purpose,
        field.LegalBasis,
        field.Retention,
        ToldDatum.Clear);

    private static ToldDatum Datum(string field, ClearDeclaration declared, object? value) => new(
        field,
        Word(declared.Category),
        declared.Description,
        Word(declared.Group),
        declared.Purpose,
        declared.LegalBasis,
        declared.Retention.Sentence,
        ToldDatum.Clear,
        value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), Json));

    /// <summary>The rest: what is declared in clear becomes a datum, the others are facts.</summary>
    private JsonNode? Plain(object? value, List<ToldDatum> data, int depth) => value switch
    {
        null or ISealed => null,
        string => JsonSerializer.SerializeToNode(value, Json),
        _ when depth == 0 => null,
        IDictionary pairs => new JsonObject(pairs.Keys.Cast<object>()
            .Select(key => KeyValuePair.Create(key.ToString()!, Plain(pairs[key], data, depth - 1)))),
        IEnumerable many => new JsonArray([.. many.Cast<object?>().Select(one => Plain(one, data, depth - 1))]),
        _ when IsOurs(value.GetType()) => Members(value, data, depth),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), Json),
    };

    private JsonObject Members(object value, List<ToldDatum> data, int depth)
    {
        var facts = new JsonObject();
        var type = value.GetType();
        var whole = terms.InClear(type);
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (member.GetIndexParameters().Length > 0 || IsLeftOut(member)) continue;
            var name = JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            var content = member.GetValue(value);
            if ((terms.InClear(type, member.Name) ?? whole) is { } declared)
                data.Add(Datum($"{declared.Alias}.{name}", declared, content));
            else if (Plain(content, data, depth - 1) is { } fact)
                facts[name] = fact;
        }

        return facts;
    }

    private static bool IsOurs(Type type) =>
        !type.IsEnum && type.Namespace?.StartsWith("EPerfect.", StringComparison.Ordinal) == true;

    private static bool IsLeftOut(PropertyInfo member) =>
        member.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };

    /// <summary>What stands at <c>address.city</c>, or at <c>lines[].text</c>: then a list.</summary>
    private static JsonNode? At(JsonNode? node, string path)
    {
        foreach (var (step, place) in path.Split('.').Select((step, place) => (step, place)))
        {
            if (!step.EndsWith("[]", StringComparison.Ordinal))
            {
                node = node?[step];
                continue;
            }

            var rest = string.Join('.', path.Split('.')[(place + 1)..]);
            return node?[step[..^2]] is JsonArray items ? new JsonArray([.. items.Select(item => At(item, rest))]) : null;
        }

        return node?.DeepClone();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
