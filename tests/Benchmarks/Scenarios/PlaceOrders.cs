namespace EPerfect.Benchmarks;

/// <summary>
/// Orders through the gateway: token, idempotency, sealed payment method, published, consumed; as fast as they are taken,
/// and counted until the last is consumed. Then payment and delivery of the same orders, which were held back. Then, for a
/// minute, half as many as could be placed for ever.
/// </summary>
internal static class PlaceOrders
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Stage stage)
    {
        var rounds = new List<Round>();
        await WarmUpAsync(stage);
        for (var number = -1; number < stage.Options.Rounds; number++)
        {
            var round = await PlaceAsync(stage);
            Stage.Say($"round {number + 1}: {round}");
            await stage.TidyAsync();
            if (number >= 0) rounds.Add(round);
        }

        double Middle(Func<Round, double> of) => Rounds.Median([.. rounds.Select(of)]);
        var times = new Measured();
        foreach (var round in rounds) times.Join(round.Placed);
        var sustained = Middle(round => round.ForEver / round.Raw);
        var beside = $"raw append {Middle(round => round.Raw):F0}/s, "
            + $"bare Marten endpoint {Middle(round => round.Marten / round.Raw):F2} of it";
        return
        [
            new("orders placed, of raw append, before all are consumed", $"{times}", beside,
                Middle(round => round.Placed.PerSecond / round.Raw)),
            new("orders placed, published and consumed, of raw append", $"{Middle(round => round.ForEver):F0}/s", beside,
                sustained, Aim.Least(0.30)),
            new("the same by processor time", rounds[^1].PlacedWork.Of(rounds[^1].Placed.Count),
                $"raw append {Middle(round => round.RawMicroseconds):F0} us",
                Middle(round => round.RawMicroseconds / round.PlacedMicroseconds)),
            new("orders paid and delivered after that, a second", rounds[^1].DeliveredWork.Of(rounds[^1].Placed.Count), "",
                Middle(round => round.DeliveredPerSecond)),
            await HalfAsync(stage, Middle(round => round.ForEver) / 2),
        ];
    }

    public static async Task<Target> TargetAsync(Stage stage) => Target.Post(
        stage.Platform.Gateway, "/api/orders", "load-",
        [.. (await stage.BuyersAsync()).Select(buyer => ((string?)buyer.Token, buyer.Hosting))]);

    private static Target BareTarget(Stage stage) => Target.Post(
        stage.BareMarten, "/api/orders", "load-",
        [(null, $$"""{"accountId":"{{Guid.CreateVersion7()}}","currency":"USD","paymentMethodToken":"tok_ok"}""")]);

    /// <summary>Until all is compiled as it stays.</summary>
    private static async Task WarmUpAsync(Stage stage)
    {
        await stage.Generator.ClosedAsync(BareTarget(stage), stage.Options.Connections, stage.Options.WarmUp / 2);
        await stage.Generator.OpenAsync(await TargetAsync(stage), 50, stage.Options.Connections, stage.Options.WarmUp);
        await stage.SettleAsync();
        await stage.TidyAsync();
    }

    private static async Task<Round> PlaceAsync(Stage stage)
    {
        var at = Work.Now();
        var raw = await stage.Bare.AppendRawAsync(stage.Options.Turn);
        var rawWork = Work.Now().Since(at);
        var bare = await stage.Generator.ClosedAsync(BareTarget(stage), stage.Options.Connections, stage.Options.Turn);
        Measured placed;
        TimeSpan consumed;
        Work placedWork;
        await using (await HeldPayments.BeginAsync(stage.Platform))
        {
            var target = await TargetAsync(stage);
            at = Work.Now();
            placed = await stage.Generator.ClosedAsync(target, stage.Options.Connections, stage.Options.Turn);
            consumed = await stage.SettleAsync();
            placedWork = Work.Now().Since(at);
        }

        Rounds.Demand(bare, placed);
        at = Work.Now();
        var delivered = await stage.SettleAsync();
        return new(
            raw, rawWork.All.TotalMicroseconds / (raw * stage.Options.Turn.TotalSeconds), bare.PerSecond, placed, consumed,
            placedWork, delivered, Work.Now().Since(at));
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

    /// <summary>Rates are a second; work is of the processor, until the last is consumed and until the last is
    /// delivered.</summary>
    private sealed record Round(
        double Raw, double RawMicroseconds, double Marten, Measured Placed, TimeSpan Consumed, Work PlacedWork,
        TimeSpan Delivered, Work DeliveredWork)
    {
        public double ForEver => Placed.Count / (Placed.Duration + Consumed).TotalSeconds;

        public double PlacedMicroseconds => PlacedWork.All.TotalMicroseconds / Placed.Count;

        public double DeliveredPerSecond => Placed.Count / Delivered.TotalSeconds;

        public override string ToString() => $"""
            raw append {Raw:F0}/s {RawMicroseconds:F0} us, bare Marten {Marten:F0}/s
                placed {Placed}; consumed {Consumed.TotalSeconds:F1} s later, {PlacedWork.Of(Placed.Count)}
                paid and delivered in {Delivered.TotalSeconds:F1} s: {DeliveredPerSecond:F0}/s, {DeliveredWork.Of(Placed.Count)}
            """;
    }
}
