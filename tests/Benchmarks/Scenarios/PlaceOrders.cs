namespace EPerfect.Benchmarks;

/// <summary>
/// Orders through the gateway with everything on: token, idempotency, sealed payment method, payment, provisioning, publishing,
/// consuming. First as fast as they are taken, and until all that follows from them is done; then, for a minute, half as many as the
/// platform can do for ever.
/// </summary>
internal static class PlaceOrders
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Stage stage)
    {
        var (turn, connections) = (stage.Options.Turn, stage.Options.Connections);
        var (raw, marten, taken, done) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var times = new Measured();
        for (var round = -1; round < stage.Options.Rounds; round++)
        {
            var appended = await stage.Bare.AppendRawAsync(turn);
            var bare = await stage.Generator.ClosedAsync(BareTarget(stage), connections, turn);
            var placed = await stage.Generator.ClosedAsync(await TargetAsync(stage), connections, turn);
            var after = await stage.Backlog.CountAsync();
            var settling = await stage.SettleAsync();
            await stage.TidyAsync();
            Rounds.Demand(bare, placed);
            var forEver = placed.Count / (placed.Duration + settling).TotalSeconds;
            Stage.Say($"round {round + 1}: raw {appended:F0}/s, bare Marten {bare}");
            Stage.Say($"         placed {placed}; left {after}, done in {settling.TotalSeconds:F1} s: {forEver:F0}/s for ever");
            if (round < 0) continue;
            raw.Add(appended);
            marten.Add(bare.PerSecond / appended);
            taken.Add(placed.PerSecond / appended);
            done.Add(forEver / appended);
            times.Join(placed);
        }

        var beside = $"raw append {Rounds.Median(raw):F0}/s, bare Marten endpoint {Rounds.Median(marten):F2} of it";
        return
        [
            new("orders taken through the gateway, backlog growing", $"{times}", beside, Rounds.Median(taken)),
            new("orders taken and carried to their end, backlog bounded", $"{Rounds.Median(done) * Rounds.Median(raw):F0}/s", beside,
                Rounds.Median(done), Aim.Least(0.30)),
            await HalfAsync(stage, Rounds.Median(done) * Rounds.Median(raw) / 2),
        ];
    }

    public static async Task<Target> TargetAsync(Stage stage) => Target.Post(
        stage.Platform.Gateway, "/api/orders", "load-",
        [.. (await stage.BuyersAsync()).Select(buyer => ((string?)buyer.Token, buyer.Hosting))]);

    private static Target BareTarget(Stage stage) => Target.Post(
        stage.BareMarten, "/api/orders", "load-",
        [(null, $$"""{"accountId":"{{Guid.CreateVersion7()}}","currency":"USD","paymentMethodToken":"tok_ok"}""")]);

    private static async Task<Finding> HalfAsync(Stage stage, double perSecond)
    {
        var measured = await stage.Generator.OpenAsync(
            await TargetAsync(stage), perSecond, stage.Options.Connections, stage.Options.Minute);
        var after = await stage.Backlog.CountAsync();
        await stage.SettleAsync();
        Rounds.Demand(measured);
        Stage.Say($"half of it for {stage.Options.Minute.TotalSeconds:F0} s: {measured}; left {after}");
        return new(
            $"the answer's p99 at half of that rate, ms, {stage.Options.Minute.TotalSeconds:F0} s, open loop", $"{measured}",
            $"left at the end: {after}", measured.P99, Aim.Under(30));
    }
}
