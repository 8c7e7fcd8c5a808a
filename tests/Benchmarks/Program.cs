using EPerfect.Benchmarks;
using EPerfect.Testing;

if (args is ["sealed"]) return await SealedAppends.RunAsync();
if (args is ["load", .. var words]) return await LoadCommand.RunAsync(words);
if (args is ["partners"]) return await FeedLatency.RunAsync();

// The parts run as processes of their own, like everywhere else.
if (args is [var part, ..]) return await Parts.RunAsync(part, args[1..]);

// Many short turns: what else the machine does meets both alike.
var turn = TimeSpan.FromSeconds(1);
const int Rounds = 21;
const int Connections = 16;

await using var issuer = await TestIssuer.StartAsync();
using var open = Part.Start("read");
using var guarded = Part.Start("guarded-read", issuer.Issuer);
using var plain = Part.Start("plain-proxy", open.Address.ToString());
using var gateway = Part.Start("gateway", issuer.Issuer, guarded.Address.ToString());
var without = new Load(plain.Address, token: null, plain, open);
var with = new Load(gateway.Address, issuer.Token(expires: TimeSpan.FromHours(1)), gateway, guarded);

await without.BeginAsync();
await with.BeginAsync();
// Until everything is compiled as it stays.
await without.RunAsync(Connections, 12 * turn);
await with.RunAsync(Connections, 20 * turn);
var ratios = new List<double>();
Console.WriteLine($"{Environment.ProcessorCount} cores, {Connections} connections, turns of {turn.TotalSeconds:F0} s");
Console.WriteLine("            plain YARP, no token                 the gateway, a token");
for (var round = 1; round <= Rounds; round++)
{
    var before = await without.RunAsync(Connections, turn);
    var after = await with.RunAsync(Connections, turn);
    if ((before.Refusal ?? after.Refusal) is { } refusal)
    {
        var refused = before.Refused + after.Refused;
        Console.WriteLine($"  round {round,2}   does not count: {refused} refused, the first with {refusal}");
        continue;
    }

    ratios.Add(after.PerSecond / before.PerSecond);
    Console.WriteLine($"  round {round,2}   {before}   {after}   ratio {ratios[^1]:F2}");
}

if (ratios.Count <= Rounds / 2)
{
    Console.WriteLine($"Only {ratios.Count} of {Rounds} rounds count: the machine is too busy to measure anything.");
    return 1;
}

ratios.Sort();
var median = ratios[ratios.Count / 2];
Console.WriteLine($"median ratio {median:F2} (aim: at least 0.70)");
return median >= 0.7 ? 0 : 1;
