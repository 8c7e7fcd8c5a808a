using EPerfect.ServiceDefaults;
using Marten;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Yarp.ReverseProxy.Configuration;

namespace EPerfect.Benchmarks;

internal sealed record BareRequest(Guid AccountId, string Currency, string PaymentMethodToken);

/// <summary>What is measured: a read, the same read behind a token, a bare proxy, and the gateway as it is.</summary>
internal static class Parts
{
    private const string Path = "/api/orders/read";

    private static readonly string[] Quiet =
        ["--urls=http://127.0.0.1:0", "--environment=Development", "--Logging:LogLevel:Default=Warning"];

    public static async Task<int> RunAsync(string part, string[] arguments)
    {
        await using var app = part switch
        {
            "read" => Read(),
            "guarded-read" => GuardedRead(arguments[0]),
            "plain-proxy" => PlainProxy(arguments[0]),
            "gateway" => Gateway(arguments[0], arguments[1]),
            "bare-marten" => BareMarten(arguments[0]),
            _ => throw new ArgumentException($"There is no part {part}.", nameof(part)),
        };
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        // Ends with whoever started it, however that ends.
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static WebApplication Read()
    {
        var app = WebApplication.CreateBuilder(Quiet).Build();
        app.MapGet(Path, () => Results.Json(new { read = true }));
        return app;
    }

    /// <summary>Marten alone: no token, no receipt, no seal, nobody told.</summary>
    private static WebApplication BareMarten(string connection)
    {
        var builder = WebApplication.CreateBuilder(Quiet);
        builder.Services.AddMarten(BareStore.Options(connection)).UseLightweightSessions();
        var app = builder.Build();
        app.MapPost("/api/orders", async (BareRequest request, IDocumentSession session, CancellationToken ct) =>
        {
            var id = Guid.CreateVersion7();
            session.Events.StartStream<BareOrder>(id, BareStore.Events(id, request.AccountId));
            await session.SaveChangesAsync(ct);
            return Results.Created($"/api/orders/{id}", new { id });
        });
        return app;
    }

    /// <summary>Judged as every service judges: token, scope, access.</summary>
    private static WebApplication GuardedRead(string issuer)
    {
        var builder = WebApplication.CreateBuilder([.. Quiet, $"--Identity:Issuer={issuer}"]);
        builder.Services.AddSingleton(new ServiceDefinition("orders"));
        builder.Services.AddHttpContextAccessor();
        AccessSetup.Add(builder, "orders");
        var app = builder.Build();
        AccessSetup.Use(app);
        app.MapGet(Path, () => Results.Json(new { read = true })).Allow(Access.SignedIn);
        return app;
    }

    private static WebApplication PlainProxy(string to)
    {
        var builder = WebApplication.CreateBuilder(Quiet);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "all", Match = new RouteMatch { Path = "{**path}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "all",
                    Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal)
                    {
                        ["a"] = new() { Address = to },
                    },
                },
            ]);
        var app = builder.Build();
        app.MapReverseProxy();
        return app;
    }

    /// <summary>All doors closed as usual; the quotas count, but end nowhere.</summary>
    private static WebApplication Gateway(string issuer, string to) => EPerfect.Gateway.Program.Build(
    [
        .. Quiet,
        $"--Identity:Issuer={issuer}",
        $"--ReverseProxy:Clusters:orders:Destinations:a:Address={to}",
        "--EveryCluster:HealthCheck:Active:Enabled=false",
        "--RateLimits:Classes:address:Requests=1000000000",
        "--RateLimits:Classes:client:Requests=1000000000",
    ]);
}
