using System.Collections.Concurrent;
using System.Diagnostics;
using EPerfect.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace EPerfect.ServiceDefaults.Tests.Sample;

/// <summary>A process with telemetry as each has it, which writes a trace file and speaks OTLP to a receiver; ended, both have
/// all.</summary>
internal sealed class TracedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, bool> asked = new(StringComparer.Ordinal);
    private readonly HttpClient client = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eperfect-traces-");
    private WebApplication? app;
    private OtlpReceiver? collector;

    /// <summary>All that came by OTLP.</summary>
    public string Received => collector!.Received;

    /// <summary>The spans among it.</summary>
    public string Exported => collector!.Traces;

    /// <summary>What came of what was asked: the listeners of one test process hear all that happens in it.</summary>
    public IReadOnlyList<Span> Written => [.. Traces.Read(folder.FullName).Where(span => asked.ContainsKey(span.TraceId))];

    public static async Task<TracedProcess> StartAsync(params IEnumerable<(string Name, string Value)> settings)
    {
        var process = new TracedProcess();
        try
        {
            await process.BeginAsync(settings);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks as part of a trace, of a new one if none is given.</summary>
    public async Task AskAsync(string path, ActivityTraceId? trace = null)
    {
        // The request itself leaves no span: it is not made by the process.
        using var untraced = SuppressInstrumentationScope.Begin();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var part = trace ?? ActivityTraceId.CreateRandom();
        asked.TryAdd(part.ToHexString(), true);
        request.Headers.Add("traceparent", $"00-{part}-{ActivitySpanId.CreateRandom()}-01");
        request.Headers.UserAgent.ParseAdd("Browser/1");
        using var answer = await client.SendAsync(request);
    }

    /// <summary>Ends it: what it holds back leaves.</summary>
    public async Task EndAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (app is not null) await app.DisposeAsync();
        if (collector is not null) await collector.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task BeginAsync(IEnumerable<(string Name, string Value)> settings)
    {
        collector = await OtlpReceiver.StartAsync();
        (string Name, string Value)[] all =
        [
            .. collector.Settings,
            ("Telemetry:TraceFile", Path.Combine(folder.FullName, "orders.jsonl")),
            ("Telemetry:SlowMilliseconds", $"{Slow.TotalMilliseconds:0}"), .. settings,
        ];
        var builder = WebApplication.CreateBuilder(
            [.. all.Select(setting => $"--{setting.Name}={setting.Value}"), "--urls=http://127.0.0.1:0"]);
        HostingSetup.Add(builder, "orders");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/fine/{who}", () => Results.Ok());
        app.MapGet("/fails", () => Results.StatusCode(500));
        app.MapGet("/slow", async (CancellationToken token) => await Task.Delay(Slow * 1.1, token));
        app.MapGet("/forgives", Forgive);
        await app.StartAsync();
        client.BaseAddress = new(app.Urls.Single());
    }

    /// <summary>A part of it fails, and it goes on.</summary>
    private static IResult Forgive()
    {
        Telemetry.Source.StartActivity("deadline fine")?.Dispose();
        using var outer = Telemetry.Source.StartActivity("deadline outer");
        using var part = Telemetry.Source.StartActivity("deadline part");
        part?.SetStatus(ActivityStatusCode.Error);
        return Results.Ok();
    }
}
