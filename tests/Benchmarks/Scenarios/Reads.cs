namespace EPerfect.Benchmarks;

/// <summary>Reads through the gateway beside plain YARP in front of a trivial endpoint, in turns.</summary>
internal static class Reads
{
    private const int Connections = 16;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Stage stage)
    {
        var buyers = await stage.BuyersAsync();
        var (name, order) = await buyers[0].RegisterAsync();
        var gateway = stage.Platform.Gateway;
        var plain = Target.Get(stage.PlainProxy, "/api/orders/read");
        (string What, Func<Target> Of, Aim? Aim)[] reads =
        [
            ("plans", () => Target.Get(gateway, "/api/orders/catalogue"), Aim.Least(0.6)),
            ("RDAP of a known name", () => Target.Get(gateway, $"/rdap/domain/{name}"), Aim.Least(0.6)),
            ("availability of a name", () => Target.Get(gateway, "/api/domains/availability?name=free-name-of-nobody.com"), null),
            ("an order of one's own", () => Target.Get(gateway, $"/api/orders/{order}", buyers[0].Token), null),
        ];
        var ratios = reads.ToDictionary(read => read.What, _ => new List<double>(), StringComparer.Ordinal);
        var times = reads.ToDictionary(read => read.What, _ => new Measured(), StringComparer.Ordinal);
        var baseline = new Measured();
        for (var round = -1; round < stage.Options.Rounds; round++)
        {
            await stage.BuyersAsync();
            var turn = round < 0 ? stage.Options.Turn * 2 : stage.Options.Turn;
            foreach (var (what, of, _) in reads)
            {
                var before = await stage.Generator.ClosedAsync(plain, Connections, turn / 2);
                var read = await stage.Generator.ClosedAsync(of(), Connections, turn);
                Rounds.Demand(before, read);
                Stage.Say($"round {round + 1}: plain YARP {before}; {what} {read}");
                if (round < 0) continue;
                ratios[what].Add(read.PerSecond / before.PerSecond);
                times[what].Join(read);
                baseline.Join(before);
            }
        }

        return [.. reads.Select(read => new Finding(
            $"{read.What}, of plain YARP", $"{times[read.What]}", $"YARP before a trivial endpoint {baseline}",
            Rounds.Median(ratios[read.What]), read.Aim))];
    }
}
