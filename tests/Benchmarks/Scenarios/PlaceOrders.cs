namespace EPerfect.Benchmarks;

/// <summary>
/// Orders through the gateway: token, idempotency, sealed payment method, published, consumed; as fast as they are taken, and counted
/// until the last is consumed. Then payment and delivery of the same orders, which were held back. Then, for a minute, half as many as
/// could be placed for ever.
/// </summary>
internal static class PlaceOrders
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Stage stage)
    {
        var (raw, marten, taken, forEver, carried) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var times = new Measured();
        for (var round = -1; round < stage.Options.Rounds; round++)
        {
            var appended = await stage.Bare.AppendRawAsync(stage.Options.Turn);
            var bare = await stage.Generator.ClosedAsync(BareTarget(stage), stage.Options.Connections, stage.Options.Turn);
            Stage.Say($"round {round + 1}: raw append {appended:F0}/s, bare Marten {bare}");
            var (placed, consumed, delivered) = await PlaceAsync(stage);
            await stage.TidyAsync();
            Rounds.Demand(bare, placed);
            if (round < 0) continue;
            raw.Add(appended);
            marten.Add(bare.PerSecond / appended);
            taken.Add(placed.PerSecond / appended);
            forEver.Add(placed.Count / (placed.Duration + consumed).TotalSeconds / appended);
            carried.Add(placed.Count / delivered.TotalSeconds);
            times.Join(placed);
        }

        var append = Rounds.Median(raw);
        var beside = $"raw append {append:F0}/s, bare Marten endpoint {Rounds.Median(marten):F2} of it";
        var sustained = Rounds.Median(forEver);
        return
        [
            new("orders placed, of raw append, backlog growing", $"{times}", beside, Rounds.Median(taken)),
            new("orders placed, published and consumed, of raw append", $"{sustained * append:F0}/s", beside, sustained, Aim.Least(0.30)),
            new("orders paid and delivered after that, a second", "", beside, Rounds.Median(carried)),
            await HalfAsync(stage, sustained * append / 2),
        ];
    }

    public static async Task<Target> TargetAsync(Stage stage) => Target.Post(
        stage.Platform.Gateway, "/api/orders", "load-",
        [.. (await stage.BuyersAsync()).Select(buyer => ((string?)buyer.Token, buyer.Hosting))]);

    private static Target BareTarget(Stage stage) => Target.Post(
        stage.BareMarten, "/api/orders", "load-",
        [(null, $$"""{"accountId":"{{Guid.CreateVersion7()}}","currency":"USD","paymentMethodToken":"tok_ok"}""")]);

    private static async Task<(Measured Placed, TimeSpan Consumed, TimeSpan Delivered)> PlaceAsync(Stage stage)
    {
        Measured placed;
        TimeSpan consumed;
        await using (await HeldPayments.BeginAsync(stage.Platform))
        {
            placed = await stage.Generator.ClosedAsync(
                await TargetAsync(stage), stage.Options.Connections, stage.Options.Turn);
            var left = await stage.Backlog.CountAsync();
            consumed = await stage.SettleAsync();
            Stage.Say($"  placed {placed}; left {left}, consumed in {consumed.TotalSeconds:F1} s");
        }

        var delivered = await stage.SettleAsync();
        Stage.Say($"  paid and delivered in {delivered.TotalSeconds:F1} s: {placed.Count / delivered.TotalSeconds:F0}/s");
        return (placed, consumed, delivered);
    }

    private static async Task<Finding> HalfAsync(Stage stage, double perSecond)
    {
        Measured measured;
        BacklogCount left;
        double before = AtRest.Memory(stage), after;
        await using (await HeldPayments.BeginAsync(stage.Platform))
        {
            measured = await stage.Generator.OpenAsync(
                await TargetAsync(stage), perSecond, stage.Options.Connections, stage.Options.Minute);
            left = await stage.Backlog.CountAsync();
            after = AtRest.Memory(stage);
            await stage.SettleAsync();
        }

        Rounds.Demand(measured);
        Stage.Say($"half of it for {stage.Options.Minute.TotalSeconds:F0} s: {measured}; left {left}");
        return new(
            $"p99 at half of that rate for {stage.Options.Minute.TotalSeconds:F0} s, ms", $"{measured}",
            $"left at the end: {left}; memory {before:F0} MB before, {after:F0} MB after", measured.P99, Aim.Under(30));
    }
}
