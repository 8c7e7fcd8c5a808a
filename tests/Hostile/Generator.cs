using System.Text;
using System.Text.Json.Nodes;

namespace EPerfect.Hostile;

/// <summary>One request.</summary>
internal sealed record Hostility(
    Operation Operation, string Caller, string Target, byte[]? Body, IReadOnlyList<(string Name, string Value)> Headers)
{
    public bool IsLarge => Body?.Length > 60_000;

    public bool Has(string header) => Headers.Any(one => string.Equals(one.Name, header, StringComparison.OrdinalIgnoreCase));

    public override string ToString()
    {
        var headers = string.Join("; ", Headers.Select(one => $"{one.Name}: {Short(one.Value)}"));
        var body = Body is null ? "" : Short(Encoding.UTF8.GetString(Body));
        return $"{Operation.Method} {Short(Target)} as {Caller} [{headers}] {body}";
    }

    private static string Short(string text) => text.Length <= 300 ? text : $"{text[..300]}... ({text.Length})";
}

/// <summary>Makes requests: each operation in turn, spoilt in one place or two. Follows from the seed alone, but for the ids
/// of what there is.</summary>
/// <param name="operations">What there is to ask.</param>
/// <param name="callers">As whom.</param>
/// <param name="known">Values that lead somewhere, by the name of a parameter or member.</param>
/// <param name="random">Of the seed.</param>
internal sealed class Generator(
    IReadOnlyList<Operation> operations,
    IReadOnlyList<string> callers,
    IReadOnlyDictionary<string, string> known,
    Random random)
{
    public Hostility Next(int number)
    {
        var operation = operations[number % operations.Count];
        var wrong = random.Next(6);
        var target = Path(operation, spoil: wrong == 0) + Query(operation, spoil: wrong == 1);
        var headers = new List<(string, string)>();
        if (operation.Method is not "GET") headers.Add(("Idempotency-Key", $"hostile-{random.NextInt64():x}"));
        if (operation.Fields is not null) headers.Add(("Cookie", known["Cookie"]));
        if (wrong == 2) headers.Add((Pick(HeaderNames), Pick(Spoilt.Words)));
        var body = operation.Body is null && operation.Method is "GET" or "DELETE" ? null
            : operation.Fields is { } fields ? Form(fields, headers, wrong)
            : Body(operation, wrong);
        return new(operation, Pick(callers), target, body, headers);
    }

    private static readonly string[] HeaderNames =
    [
        "Idempotency-Key", "If-Match", "If-None-Match", "Authorization", "Accept", "Accept-Language", "Content-Type",
        "Content-Encoding", "traceparent", "tracestate", "baggage", "X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Range",
        "Sec-GPC", "Origin", "Cookie", "X-HTTP-Method-Override", "X-Unknown",
    ];

    private string Path(Operation operation, bool spoil) => string.Join('/', operation.Path.Split('/').Select(part =>
    {
        if (!part.StartsWith('{')) return part;
        if (spoil) return Word();
        var name = part[1..].Split(':', '}')[0];
        return known.TryGetValue(name, out var there) && random.Next(3) > 0 ? there : $"{Guid.CreateVersion7()}";
    }));

    private string Query(Operation operation, bool spoil)
    {
        var parts =
            from name in operation.Query
            where spoil || random.Next(4) == 0
            select $"{name}={(spoil ? Word() : known.GetValueOrDefault(name, "1"))}";
        if (spoil) parts = parts.Append($"{Word()}={Word()}");
        return string.Join('&', parts) is { Length: > 0 } query ? $"?{query}" : "";
    }

    private byte[] Body(Operation operation, int wrong)
    {
        if (wrong == 3) return Pick(Spoilt.Bodies);
        var text = operation.Body?.DeepClone() is { } good ? Text(good) : "{}";
        return Encoding.UTF8.GetBytes(text);

        string Text(JsonNode body)
        {
            var places = Places(body).ToArray();
            Know(body);
            if (places.Length == 0) return Pick(Spoilt.Json);
            const string mark = "\u0001spoilt\u0001";
            for (var count = wrong < 3 ? 0 : random.Next(1, 3); count > 0; count--) Set(Pick(places), mark);
            var written = body.ToJsonString();
            var quoted = System.Text.Json.JsonSerializer.Serialize(mark);
            for (int at; (at = written.IndexOf(quoted, StringComparison.Ordinal)) >= 0;)
                written = written[..at] + Pick(Spoilt.Json) + written[(at + quoted.Length)..];
            return wrong == 5 && random.Next(4) == 0
                ? written.Replace("{", "{\"x\":1,\"x\":2,", StringComparison.Ordinal)
                : written;
        }
    }

    private byte[] Form(IReadOnlyList<string> fields, List<(string, string)> headers, int wrong)
    {
        if (wrong is 3 && random.Next(2) == 0) return Pick(Spoilt.Bodies);
        var type = wrong is 4 ? Pick(Spoilt.FormTypes) : Spoilt.FormTypes[0];
        if (!headers.Exists(one => one.Item1 is "Content-Type")) headers.Add(("Content-Type", type));
        var spoilt = wrong < 3 ? "" : Pick(fields);
        var parts = fields
            .Select(name => (Name: name, Value: name == spoilt ? Pick(Spoilt.Words) : known.GetValueOrDefault(name, "1")));
        return Encoding.UTF8.GetBytes(type.StartsWith("multipart", StringComparison.Ordinal)
            ? string.Concat(parts.Select(one =>
                $"--x\r\nContent-Disposition: form-data; name=\"{one.Name}\"\r\n\r\n{one.Value}\r\n")) + "--x--\r\n"
            : string.Join('&', parts.Select(one => $"{one.Name}={Uri.EscapeDataString(Safe(one.Value))}")));
    }

    /// <summary>Ids of what there is, where a member is named so.</summary>
    private void Know(JsonNode body)
    {
        foreach (var (parent, name) in Places(body).ToArray())
        {
            if (parent is JsonObject inside && name is string member && known.TryGetValue(member, out var there))
                inside[member] = there;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Name)> Places(JsonNode body) => body switch
    {
        JsonObject members => members.SelectMany(member =>
            Places(member.Value ?? false).Prepend((members, (object)member.Key))),
        JsonArray items => items.SelectMany((item, at) => Places(item ?? false).Prepend((items, (object)at))),
        _ => [],
    };

    private static void Set((JsonNode Parent, object Name) place, string value)
    {
        if (place is { Parent: JsonObject members, Name: string name }) members[name] = value;
        else if (place is { Parent: JsonArray items, Name: int at } && at < items.Count) items[at] = value;
    }

    private string Word()
    {
        var word = Pick(Spoilt.Words);
        // Some as they are: what an address must not hold is refused at the door.
        return random.Next(4) == 0 && word.All(letter => letter is > ' ' and < '\x7F') ? word : Uri.EscapeDataString(Safe(word));
    }

    private static string Safe(string word) => word.Replace("\uD800", "", StringComparison.Ordinal);

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
