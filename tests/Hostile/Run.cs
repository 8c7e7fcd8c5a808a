using System.Globalization;
using EPerfect.Launcher;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Hostile;

/// <summary>What a run found.</summary>
/// <param name="Asked">How many requests.</param>
/// <param name="Accepted">How many of them were taken: not all that is odd is wrong.</param>
/// <param name="Operations">Of how many operations.</param>
/// <param name="Wrong">Answers that must not be, and what was changed by what was refused.</param>
/// <param name="Grown">By how many megabytes the processes grew together since the first fifth.</param>
internal sealed record Found(int Asked, int Accepted, int Operations, IReadOnlyList<string> Wrong, double Grown)
{
    /// <summary>In megabytes, of six processes: what their heaps grow by when they are busy.</summary>
    public const double MostGrowth = 400;

    public override string ToString() => $"""
        requests    {Asked} of {Operations} operations; {Accepted} accepted
        memory      {Grown:+0;-0;0} MB since the first fifth
        wrong       {Wrong.Count}
        {string.Join('\n', Wrong.Take(50).Select(one => $"  {one}"))}
        """;
}

/// <summary>Asks so many times, and judges each answer; then looks into the stores for what refused ones left there.</summary>
internal sealed class Run(RunningPlatform platform, int seed, int requests, Action<string>? show = null)
{
    private const int AtOnce = 8;
    private static readonly string[] Stores = ["accounts", "orders", "domains", "privacy"];

    public async Task<Found> AskAsync(CancellationToken ct)
    {
        using var callers = new Callers(platform);
        await callers.ArriveAsync(ct);
        using var http = new HttpClient { BaseAddress = platform.Gateway };
        var operations = await Operation.AllAsync(http, ct);
        var judge = Judge.Of(await File.ReadAllTextAsync(
            Path.Combine(Checkout.Find().Folder, "gateway", "problems.json"), ct));
        var generator = new Generator(operations, callers.Names, callers.Known, new Random(seed));
        using var asking = new Asking(platform.Gateway, callers, judge);
        var answers = new List<Answered>(requests);
        var memory = 0.0;
        foreach (var some in Enumerable.Range(0, requests).Chunk(AtOnce))
        {
            answers.AddRange(await Task.WhenAll(some.Select(generator.Next).ToArray().Select(one => asking.AskAsync(one, ct))));
            if (memory == 0 && answers.Count >= requests / 5) memory = Memory();
            if (answers.Count % 1000 >= AtOnce) continue;
            show?.Invoke($"{answers.Count} requests, {answers.Count(one => one.Wrong is not null)} wrong");
        }

        var grown = Memory() - memory;
        await callers.OrderAsync();
        string[] wrong =
        [
            .. answers.Where(one => one.Wrong is not null).Select(one => $"{one.Wrong}: {one.Asked}"),
            .. await ChangedAsync(answers, ct),
        ];
        return new(answers.Count, answers.Count(one => !one.IsRefused), operations.Count, wrong, grown);
    }

    /// <summary>Events that stand under the trace of a request that was refused.</summary>
    private async Task<IReadOnlyList<string>> ChangedAsync(IReadOnlyList<Answered> answers, CancellationToken ct)
    {
        var traced = answers.Where(one => one.Trace is not null).ToDictionary(one => one.Trace!, StringComparer.Ordinal);
        var found = new List<string>();
        var taken = 0;
        foreach (var store in Stores)
        {
            await using var database = NpgsqlDataSource.Create(platform.ConnectionString(store));
            await using var command = database.CreateCommand(
                "select distinct correlation_id, type from store.mt_events where correlation_id = any($1)");
            command.Parameters.AddWithValue(traced.Keys.ToArray());
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                var asked = traced[rows.GetString(0)];
                if (asked.IsRefused) found.Add($"refused with {asked.Status}, and left {rows.GetString(1)}: {asked.Asked}");
                else taken++;
            }
        }

        // Else this looks in the wrong place.
        if (taken == 0) found.Add("no event stands under the trace of a request that was accepted");
        return found;
    }

    private double Memory() => Stores.Concat(["operations", "gateway"]).Sum(part => MemoryOf(platform.ProcessId(part)!.Value));

    private static double MemoryOf(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(one => one.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
