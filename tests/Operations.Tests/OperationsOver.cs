using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPerfect.Operations.Tests;

/// <summary>The program as it runs, in front of services.</summary>
internal sealed class OperationsOver : IAsyncDisposable
{
    private readonly WebApplication running;

    private OperationsOver(WebApplication app, TestIssuer issuer) => (running, Issuer) = (app, issuer);

    public TestIssuer Issuer { get; }

    public static Task<OperationsOver> StartAsync(
        TestIssuer issuer, params IReadOnlyList<(string Service, Uri Address)> services) => StartAsync(issuer, services, "--x=");

    public static async Task<OperationsOver> StartAsync(
        TestIssuer issuer, IReadOnlyList<(string Service, Uri Address)> services, string setting)
    {
        var app = ServiceHost.Build(
            OperationsModule.Define(),
            [
                "--environment=Development",
                "--urls=http://127.0.0.1:0",
                $"--Identity:Issuer={issuer.Issuer}",
                setting,
                .. services.Select((one, number) => $"--Services:Addresses:{one.Service}:{number}={one.Address}"),
            ],
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return new OperationsOver(app, issuer);
    }

    public HttpClient Operator() => As(Issuer.Token(staff: ["operator"]));

    private Uri Address =>
        new(running.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Keeps cookies, the one of a session among them, and goes nowhere by itself.</summary>
    public HttpClient Browser(string? token)
    {
        var cookies = new System.Net.CookieContainer();
        if (token is not null) cookies.Add(Address, new System.Net.Cookie("eperfect.operations", token));
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        {
            BaseAddress = Address,
        };
    }

    public HttpClient As(string? token)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await running.StopAsync();
        await running.DisposeAsync();
    }
}
