using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPerfect.Gateway.Tests;

/// <summary>An instance of a service as the gateway sees it: real sockets, and a memory of what arrived.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Arrival> arrivals = new();

    private Backend(string name, int port, string[] settings)
    {
        Name = name;
        var builder = WebApplication.CreateSlimBuilder([$"--urls=http://127.0.0.1:{port}", .. settings]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        app = builder.Build();
        app.MapGet("/health/ready", ReadyAsync);
        app.MapGet("/api/{service}/stuck", StuckAsync);
        app.MapGet("/api/{service}/half", HalfAsync);
        app.Map("/{**path}", (Delegate)AnswerAsync);
    }

    public string Name { get; }

    public bool Ready { get; set; } = true;

    /// <summary>What it says of itself.</summary>
    public string Health { get; set; } = "Healthy";

    /// <summary>It takes probes and never answers them.</summary>
    public bool Hangs { get; set; }

    /// <summary>What it answers, beside its name.</summary>
    public int Status { get; set; } = 200;

    /// <summary>The cookies that each answer sets.</summary>
    public string[] Cookies { get; set; } = [];

    /// <summary>Headers that each answer has besides.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<Arrival> Arrivals => [.. arrivals];

    /// <summary>Completes when somebody who waited for an answer went away.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Address { get; private set; } = null!;

    public static async Task<Backend> StartAsync(string name, int port = 0, params string[] settings)
    {
        var backend = new Backend(name, port, settings);
        await backend.app.StartAsync();
        var addresses = backend.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        backend.Address = new Uri(addresses.Addresses.Single());
        return backend;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        arrivals.Enqueue(new Arrival(
            context.Request.Method, context.Request.Path + context.Request.QueryString.Value, headers, bytes.Length));
        context.Response.Headers.Server = "secret/1.0";
        foreach (var (name, value) in Headers) context.Response.Headers[name] = value;
        if (Cookies.Length > 0) context.Response.Headers.SetCookie = Cookies;
        return Results.Text(Name, statusCode: Status);
    }

    private async Task ReadyAsync(HttpContext context)
    {
        if (Hangs) await Task.Delay(Timeout.Infinite, context.RequestAborted);
        context.Response.Headers["Health-Status"] = Health;
        context.Response.StatusCode = Ready ? 200 : 503;
    }

    private async Task StuckAsync(HttpContext context)
    {
        context.RequestAborted.Register(() => Left.TrySetResult());
        Waiting.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    private static async Task HalfAsync(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("half");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}

/// <summary>A request as it reached the backend.</summary>
internal sealed record Arrival(string Method, string Target, Dictionary<string, string> Headers, long BodyBytes);
