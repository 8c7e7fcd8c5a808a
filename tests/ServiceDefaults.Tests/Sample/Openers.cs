using System.Collections.Concurrent;
using System.Net;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests.Sample;

/// <summary>Clients that open tallies one after the other and, refused, ask again under the same key; whatever happens to the
/// service, they are refused by nothing but 503 with a problem and a time to wait.</summary>
internal sealed class Openers : IAsyncDisposable
{
    private const int Clients = 8;
    private readonly TestService service;
    private readonly CancellationTokenSource enough = new();
    private readonly ConcurrentQueue<Guid> opened = new();
    private readonly Task[] working;
    private int refused;

    public Openers(TestService service)
    {
        this.service = service;
        working = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>How many tallies were acknowledged so far.</summary>
    public int Opened => opened.Count;

    /// <summary>One of them.</summary>
    public Guid First => opened.First();

    public Task UntilMoreAsync(int more)
    {
        var before = Opened;
        return Until.TrueAsync(
            () =>
            {
                if (Array.Find(working, one => one.IsFaulted) is { } failed) failed.GetAwaiter().GetResult();
                return Task.FromResult(Opened >= before + more);
            },
            $"{more} more are acknowledged", TimeSpan.FromSeconds(45));
    }

    public async Task UntilRefusedAsync()
    {
        var before = refused;
        await Until.TrueAsync(() => Task.FromResult(refused > before + Clients), "they are refused");
    }

    /// <summary>They end what they are at; then each that was acknowledged is there, once, and nothing else.</summary>
    public async Task EndWithNothingLostAsync(string admin, CancellationToken ct)
    {
        await enough.CancelAsync();
        await Task.WhenAll(working);
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(
            "select stream_id from store.mt_events where type = 'tally_opened'", connection);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var stored = new List<Guid>();
        while (await rows.ReadAsync(ct)) stored.Add(rows.GetGuid(0));
        stored.Order().ShouldBe(opened.Order());
    }

    public async ValueTask DisposeAsync()
    {
        await enough.CancelAsync();
        await Task.WhenAny(Task.WhenAll(working), Task.Delay(TimeSpan.FromSeconds(5)));
        enough.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!enough.IsCancellationRequested) await OpenAsync(Guid.NewGuid().ToString("N"));
    }

    private async Task OpenAsync(string key)
    {
        while (true)
        {
            using var answer = await service.Client.PostWithKeyAsync("/api/tallies", new { name = "t" }, key);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                opened.Enqueue((await answer.JsonAsync())["id"]!.GetValue<Guid>());
                return;
            }

            (answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "unavailable"));
            answer.Headers.RetryAfter.ShouldNotBeNull();
            Interlocked.Increment(ref refused);
            await Task.Delay(100);
        }
    }
}
