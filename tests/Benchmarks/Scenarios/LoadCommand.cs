using EPerfect.Launcher;

namespace EPerfect.Benchmarks;

/// <summary>tests/load: the scenarios one after the other on one platform; a table, a plot, and whether the aims are
/// met.</summary>
internal static class LoadCommand
{
    private const string Usage = """
        tests/load [SCENARIO...] [--OPTION VALUE...]

          place-order      orders through the gateway, everything on, beside raw append and a bare Marten endpoint
          to-consumer      from an order's commit until Privacy's consumer has it, at 500 orders/s
          to-active        from an order until it is active, at 100 orders/s
          reads            plans, RDAP, availability, an order, beside YARP in front of a trivial endpoint
          rebuild          the list of orders made anew from 200,000 events, or --events
          old-store        orders with 10,000 events in the store, and with 1,000,000, or --events
          memory           whether the processes grow in an hour of orders at 20/s, or in --minutes
          idle             what the platform costs when nobody asks
          start-up         how long each process takes until it serves
          feed             from a commit until a partner has it, beside the broker alone (as `partners`)

        Without a scenario: place-order, to-consumer, to-active, reads, rebuild, idle, start-up.

          --seconds N      how long a turn takes (5)          --rounds N       how many turns of each count (5)
          --minute N       how long the open loop takes (60)  --connections N  how many at once (32)
          --warm-up N      until all is compiled (30)         --minutes N      how long memory is watched (60)
          --customers N    who order (64)                     --events N       how many are in an old store
          --report FOLDER  load.md and load.svg               --logs FOLDER    where the processes' logs go

        What is compared takes turns in one run; medians count.
        Exit code 0: all aims are met; 1: not all; 2: it could not be measured.
        """;

    private static readonly Dictionary<string, Func<Stage, Task<IReadOnlyList<Finding>>>> Scenarios = new(StringComparer.Ordinal)
    {
        ["place-order"] = PlaceOrders.RunAsync,
        ["to-consumer"] = CommitToConsumer.RunAsync,
        ["to-active"] = OrderToActive.RunAsync,
        ["reads"] = Reads.RunAsync,
        ["rebuild"] = Rebuild.RunAsync,
        ["old-store"] = OldStores.RunAsync,
        ["memory"] = Memory.RunAsync,
        ["idle"] = AtRest.IdleAsync,
        ["start-up"] = AtRest.StartAsync,
    };

    private static readonly string[] Usual = ["place-order", "to-consumer", "to-active", "reads", "rebuild", "idle", "start-up"];

    public static async Task<int> RunAsync(string[] words)
    {
        if (words is ["--help" or "-h", ..])
        {
            Console.WriteLine(Usage);
            return 0;
        }

        try
        {
            var options = Options.Parse(words);
            if (options.Scenarios is ["feed"]) return await FeedLatency.RunAsync();
            var names = options.Scenarios.Count > 0 ? options.Scenarios : Usual;
            if (names.FirstOrDefault(name => !Scenarios.ContainsKey(name)) is { } unknown)
                throw new LaunchException($"There is no scenario {unknown}.");
            var findings = await MeasureAsync(options, names);
            Console.WriteLine(Report.Table(findings));
            if (options.Report is { } folder) Report.Write(folder, findings);
            return findings.All(finding => finding.Met) ? 0 : 1;
        }
        catch (LaunchException wrong)
        {
            await Console.Error.WriteLineAsync($"{wrong.Message} See tests/load --help.");
            return 2;
        }
        catch (Exception failure)
        {
            await Console.Error.WriteLineAsync($"It could not be measured: {failure}");
            return 2;
        }
    }

    private static async Task<IReadOnlyList<Finding>> MeasureAsync(Options options, IReadOnlyList<string> names)
    {
        await using var stage = new Stage(options);
        await stage.StartAsync();
        var findings = new List<Finding>();
        foreach (var name in names)
        {
            Stage.Say(name);
            findings.AddRange(await Scenarios[name](stage));
        }

        return findings;
    }
}
