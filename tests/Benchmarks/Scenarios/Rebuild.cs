using System.Diagnostics;
using EPerfect.Testing;

namespace EPerfect.Benchmarks;

/// <summary>The operator's command makes the list of orders anew from a store of many events. Starting the program is not
/// counted.</summary>
internal static class Rebuild
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Stage stage)
    {
        if (await Filling.CountAsync(stage.Platform) < 1000) await (await stage.BuyersAsync())[0].RegisterAsync();
        await stage.SettleAsync();
        await stage.Platform.StopAsync("orders");
        var events = await Filling.FillAsync(stage.Platform, Math.Max(200_000, stage.Options.Events));
        var rates = new List<double>();
        for (var round = 0; round < Math.Min(3, stage.Options.Rounds); round++)
        {
            var starting = await RunAsync(stage, "projections");
            var took = await RunAsync(stage, "projections", "rebuild", "OrderSummary") - starting;
            rates.Add(events / took.TotalSeconds);
            Stage.Say($"round {round + 1}: {events} events in {took.TotalSeconds:F1} s: {rates[^1]:F0}/s");
        }

        await stage.Platform.StartAgainAsync("orders");
        await ServedAsync(stage);
        var rate = Rounds.Median(rates);
        return [new("rebuild of the list of orders, events/s", $"{events} events", "", rate, Aim.Least(30_000))];
    }

    /// <summary>Ready it is before the gateway has found that out: who orders meanwhile is told to come later.</summary>
    private static async Task ServedAsync(Stage stage)
    {
        var buyer = (await stage.BuyersAsync())[0];
        using var client = new HttpClient { BaseAddress = stage.Platform.Gateway };
        client.DefaultRequestHeaders.Authorization = new("Bearer", buyer.Token);
        await Until.TrueAsync(
            async () => (await client.GetAsync($"/api/orders?accountId={buyer.AccountId}")).IsSuccessStatusCode,
            "Orders serves through the gateway");
    }

    private static async Task<TimeSpan> RunAsync(Stage stage, params string[] words)
    {
        var begun = Stopwatch.GetTimestamp();
        var (code, output) = await stage.Platform.RunAsync("orders", words);
        return code == 0 ? Stopwatch.GetElapsedTime(begun) : throw new InvalidOperationException(output);
    }
}
