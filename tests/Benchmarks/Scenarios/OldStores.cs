namespace EPerfect.Benchmarks;

/// <summary>The same orders with few events in the store and with many. Each beside the raw append of its own round.</summary>
internal static class OldStores
{
    private const long Few = 10_000;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Stage stage)
    {
        await (await stage.BuyersAsync())[0].RegisterAsync();
        await FillAsync(stage, Few);
        var young = await MeasureAsync(stage);
        var events = await FillAsync(stage, Math.Max(1_000_000, stage.Options.Events));
        var old = await MeasureAsync(stage);
        return
        [
            new($"orders taken with {events} events in the store, of those with {Few}", $"{old:F3} of raw append",
                $"{young:F3} of raw append",
                old / young, Aim.Least(0.9)),
        ];
    }

    private static async Task<long> FillAsync(Stage stage, long events)
    {
        await stage.SettleAsync();
        await stage.Platform.StopAsync("orders");
        events = await Filling.FillAsync(stage.Platform, events);
        await stage.Platform.StartAgainAsync("orders");
        await stage.SettleAsync();
        return events;
    }

    private static async Task<double> MeasureAsync(Stage stage)
    {
        var ratios = new List<double>();
        await using var held = await HeldPayments.BeginAsync(stage.Platform);
        for (var round = -1; round < stage.Options.Rounds; round++)
        {
            var appended = await stage.Bare.AppendRawAsync(stage.Options.Turn);
            var placed = await stage.Generator.ClosedAsync(
                await PlaceOrders.TargetAsync(stage), stage.Options.Connections, stage.Options.Turn);
            await stage.SettleAsync();
            Rounds.Demand(placed);
            Stage.Say($"round {round + 1}: raw {appended:F0}/s, placed {placed}");
            if (round >= 0) ratios.Add(placed.PerSecond / appended);
        }

        return Rounds.Median(ratios);
    }
}
