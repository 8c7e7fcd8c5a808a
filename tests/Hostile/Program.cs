using System.Globalization;
using EPerfect.Hostile;
using EPerfect.Testing;

const string usage = """
    tests/hostile [REQUESTS] [SEED]

    Starts the platform and asks every operation of its OpenAPI documents, as nobody, a customer, an operator and a partner,
    with malformed, oversized, deeply nested, wrongly typed, boundary and hostile values: 100000 requests of seed 1, unless
    told otherwise; quotas hold, so that takes half an hour. Each answer that must not be is printed with its request; the
    same seed makes the same requests.

    Exit code 0: no 500, no hang, each refusal a problem document of the catalogue, nothing changed by what was refused, no
    growth of memory. 1: not so. 2: it could not be run.
    """;

if (args is ["--help" or "-h"] or { Length: > 2 } || !Read(0, 100_000, out var requests) || !Read(1, 1, out var seed))
{
    Console.WriteLine(usage);
    return args is ["--help" or "-h"] ? 0 : 2;
}

await using var platform = RunningPlatform.Durable();
await platform.InitializeAsync();
var found = await new Run(platform, seed, requests, Console.Error.WriteLine).AskAsync(CancellationToken.None);
Console.WriteLine($"seed        {seed}");
Console.WriteLine(found);
return found.Wrong.Count == 0 && found.Grown < Found.MostGrowth ? 0 : 1;

bool Read(int at, int otherwise, out int value)
{
    value = otherwise;
    return args.Length <= at || int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
