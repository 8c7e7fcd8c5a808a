using System.Diagnostics;
using System.Net;
using EPerfect.Testing;

namespace EPerfect.Chaos.Tests;

/// <summary>Two processes of Accounts and two gateways serve one person in turn. One of each is killed in the middle of the
/// session, then the other: the person stays signed in and goes on.</summary>
[Collection<OnePlugAtATime>]
public sealed class TwoOfEachTests(TwoNodes nodes) : IAsyncDisposable
{
    /// <summary>Two processes are found dead within one or two probes of two seconds; the rest is a busy machine.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(10);

    private readonly RunningPlatform platform = nodes.Platform;

    /// <summary>For whoever is next.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in (string[])["accounts", "accounts-2", "gateway", "gateway-2"]) await platform.StartAgainAsync(part);
    }

    [Theory]
    [InlineData("accounts", "gateway-2")]
    [InlineData("accounts-2", "gateway")]
    public async Task Given_a_session_When_one_of_each_is_killed_Then_it_goes_on(string accounts, string gateway)
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        await ReadAsync(customer);

        using var stop = new CancellationTokenSource();
        var watched = WatchAsync(customer, stop.Token);
        await Task.WhenAll(platform.KillAsync(accounts), platform.KillAsync(gateway));

        await ReadAsync(customer);
        await customer.RefreshAsync();
        await customer.ReturnAsync();
        await ReadAsync(customer);
        await stop.CancelAsync();
        var (silence, failures) = await watched;
        silence.ShouldBeLessThan(Noticed);
        failures.ShouldBeEmpty("what the killed process had begun is lost with its connection; nothing else fails");
    }

    /// <summary>Reads all the time, as a page that is open does, and repeats nothing but the next read.</summary>
    private static async Task<(TimeSpan LongestSilence, IReadOnlyList<HttpStatusCode> Failures)> WatchAsync(
        TestCustomer customer, CancellationToken stop)
    {
        using var client = customer.NewClient();
        var (longest, answered, failures) = (TimeSpan.Zero, Stopwatch.StartNew(), new List<HttpStatusCode>());
        while (!stop.IsCancellationRequested)
        {
            var status = await AskAsync(client, $"/api/accounts/{customer.AccountId}");
            if (status == HttpStatusCode.OK) answered.Restart();
            else if (status is { } failure) failures.Add(failure);
            if (answered.Elapsed > longest) longest = answered.Elapsed;
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }

        return (longest, failures);
    }

    /// <returns>Null when the connection was lost.</returns>
    private static async Task<HttpStatusCode?> AskAsync(HttpClient client, string path)
    {
        try
        {
            return (await client.GetAsync(path)).StatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            return null;
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
