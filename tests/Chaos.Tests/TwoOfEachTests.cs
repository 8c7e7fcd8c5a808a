using System.Diagnostics;
using EPerfect.Testing;

namespace EPerfect.Chaos.Tests;

/// <summary>Two processes of Accounts and two gateways serve one person in turn. One of each is killed in the middle of the
/// session, then the other: the person stays signed in and goes on.</summary>
public sealed class TwoOfEachTests : IAsyncLifetime
{
    /// <summary>Two processes are found dead within one or two probes of two seconds; the rest is a busy machine.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(10);

    private readonly RunningPlatform platform = RunningPlatform.WithTwo("accounts", "gateway");

    public ValueTask InitializeAsync() => platform.InitializeAsync();

    public ValueTask DisposeAsync() => platform.DisposeAsync();

    [Theory]
    [InlineData("accounts", "gateway-2")]
    [InlineData("accounts-2", "gateway")]
    public async Task Given_a_session_When_one_of_each_is_killed_Then_it_goes_on(string accounts, string gateway)
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        await ReadAsync(customer);

        using var stop = new CancellationTokenSource();
        var silence = LongestSilenceAsync(customer, stop.Token);
        await Task.WhenAll(platform.KillAsync(accounts), platform.KillAsync(gateway));

        await ReadAsync(customer);
        await customer.RefreshAsync();
        await customer.ReturnAsync();
        await ReadAsync(customer);
        await stop.CancelAsync();
        (await silence).ShouldBeLessThan(Noticed);
    }

    /// <summary>Reads all the time, as a page that is open does, and repeats nothing but the next read.</summary>
    private static async Task<TimeSpan> LongestSilenceAsync(TestCustomer customer, CancellationToken stop)
    {
        using var client = customer.NewClient();
        var (longest, answered) = (TimeSpan.Zero, Stopwatch.StartNew());
        while (!stop.IsCancellationRequested)
        {
            if (await AnswersAsync(client, $"/api/accounts/{customer.AccountId}")) answered.Restart();
            if (answered.Elapsed > longest) longest = answered.Elapsed;
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }

        return longest;
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string path)
    {
        try
        {
            return (await client.GetAsync(path)).IsSuccessStatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            return false; // what was under way in the process that was killed
        }
    }

    private static async Task ReadAsync(TestCustomer customer)
    {
        for (var i = 0; i < 10; i++)
        {
            (await customer.ReadAsync($"/api/accounts/{customer.AccountId}"))["id"]!.GetValue<Guid>()
                .ShouldBe(customer.AccountId);
        }
    }
}
