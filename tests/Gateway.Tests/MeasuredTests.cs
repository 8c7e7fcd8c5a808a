using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;

namespace EPerfect.Gateway.Tests;

/// <summary>What the gateway answers by itself is seen by who watches it.</summary>
public sealed class MeasuredTests
{
    [Fact]
    public async Task Whatever_it_refuses_by_itself_is_counted_once_by_its_code()
    {
        using var counted = new Counted();
        await using var gateway = await RunningGateway.StartAsync(
            [], ["--RateLimits:Classes:rdap:Requests=1"]);

        await SendAsync(gateway.Stranger, "/nowhere");
        await SendAsync(gateway.Stranger, "/api/orders/1");
        await SendAsync(gateway.Client, "/api/orders/1");
        await SendAsync(gateway.Client, "/api/orders", new ByteArrayContent(new byte[100_000]));
        await SendAsync(gateway.Client, "/problems", method: "TRACE");
        for (var time = 0; time < 2; time++) await SendAsync(gateway.Stranger, "/rdap/domain/example.com");

        counted.Codes.ShouldBe(
            [
                "body-too-large 413", "method-not-allowed 405", "not-found 404", "too-many-requests 429",
                "unauthenticated 401", "unavailable 503", "unavailable 503",
            ],
            ignoreOrder: true);

        async Task SendAsync(HttpClient client, string target, HttpContent? body = null, string? method = null)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method ?? (body is null ? "GET" : "POST")), target);
            request.Content = body;
            request.Headers.Add("traceparent", $"00-{counted.Trace}-b7ad6b7169203331-01");
            using var answer = await client.SendAsync(request);
            answer.IsSuccessStatusCode.ShouldBeFalse(target);
        }
    }

    /// <summary>A count that begins with the first one never rises, as alerts see it.</summary>
    [Fact]
    public async Task Its_failures_are_counted_from_nought()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var gateway = await RunningGateway.StartAsync(
            [], [$"--urls=http://127.0.0.1:0;http://127.0.0.1:{port}", $"--Metrics:Port={port}"]);

        var told = await gateway.Stranger.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"));

        told.ShouldContain("\neperfect_refusals_total{otel_scope_name=\"EPerfect\",code=\"internal-error\",status=\"500\"} 0");
    }

    /// <summary>The refusals of one trace; other tests refuse at the same time.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly ConcurrentQueue<string> codes = new();

        public Counted()
        {
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "eperfect.refusals") listening.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, times, tags, _) =>
            {
                if (Activity.Current?.TraceId.ToHexString() != Trace) return;
                var of = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
                for (var time = 0; time < times; time++) codes.Enqueue($"{of["code"]} {of["status"]}");
            });
            listener.Start();
        }

        public string Trace { get; } = ActivityTraceId.CreateRandom().ToHexString();

        public IReadOnlyList<string> Codes => [.. codes];

        public void Dispose() => listener.Dispose();
    }
}
