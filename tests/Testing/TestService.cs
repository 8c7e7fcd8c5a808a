using EPerfect.ServiceDefaults;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EPerfect.Testing;

/// <summary>A service as it runs in production, on a real database of its own, reached over HTTP on a port of its
/// own.</summary>
public sealed class TestService : IAsyncDisposable
{
    private static readonly Lazy<Task<TestIssuer>> SharedIssuer = new(() => TestIssuer.StartAsync());

    private readonly WebApplication running;
    private readonly bool ownsDatabase;
    private readonly OwningEverything person;

    private TestService(
        WebApplication app, TestDatabase database, bool ownsDatabase, CapturedLog log, TestIssuer issuer)
    {
        (running, Database, this.ownsDatabase, Log, Issuer) = (app, database, ownsDatabase, log, issuer);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        person = new OwningEverything(issuer, Caller.ToString("D"), database.Accounts);
        Client = new HttpClient(person) { BaseAddress = new Uri(address) };
    }

    /// <summary>The login of who talks through <see cref="Client"/>, the same to every service.</summary>
    public static Guid Caller { get; } = Guid.CreateVersion7();

    /// <summary>Talks to the service as one person who owns every account that it speaks of.</summary>
    public HttpClient Client { get; }

    /// <summary>Whose tokens the service trusts.</summary>
    public TestIssuer Issuer { get; }

    /// <summary>The service's own container.</summary>
    public IServiceProvider Services => running.Services;

    /// <summary>The service's databases.</summary>
    public TestDatabase Database { get; }

    /// <summary>Everything that the service logged.</summary>
    public CapturedLog Log { get; }

    /// <summary>Starts a service and waits until it serves.</summary>
    /// <param name="definition">What the service is.</param>
    /// <param name="postgres">The server on which it gets a database.</param>
    /// <param name="broker">Where it sends and gets messages; null to run without any.</param>
    /// <param name="database">The database of another instance, to share it.</param>
    /// <param name="clock">The time; null for the real one.</param>
    /// <param name="configure">Last changes: other outside systems, settings.</param>
    /// <param name="issuer">Whose tokens it trusts; null for an issuer that all tests share.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<TestService> StartAsync(
        ServiceDefinition definition,
        PostgresServer postgres,
        TestVirtualHost? broker = null,
        TestDatabase? database = null,
        TimeProvider? clock = null,
        Action<WebApplicationBuilder>? configure = null,
        TestIssuer? issuer = null,
        IReadOnlyList<(string Name, string Value)>? settings = null,
        CancellationToken cancellationToken = default)
    {
        var own = database is null;
        issuer ??= await SharedIssuer.Value;
        string[] ArgumentsOn(TestDatabase on) =>
        [
            "--environment=Development",
            $"--ConnectionStrings:Store={on.Store}",
            $"--ConnectionStrings:Keys={on.Keys}",
            $"--Broker:Uri={broker?.UriFor(definition.Name) ?? "none"}",
            $"--Broker:Administration={broker?.Administration}",
            $"--PersonalData:KeyFile={on.KeyFile}",
            "--Store:CreateSchema=true",
            $"--Identity:Issuer={issuer.Issuer}",
            "--urls=http://127.0.0.1:0",
            .. (settings ?? []).Select(setting => $"--{setting.Name}={setting.Value}"),
        ];
        database ??= await postgres.CreateLaidAsync(
            definition.Name, empty => LayAsync(definition, ArgumentsOn(empty)), cancellationToken);
        var log = new CapturedLog();
        var app = ServiceHost.Build(definition, ArgumentsOn(database), builder =>
        {
            builder.Logging.AddFilter<ConsoleLoggerProvider>(category: null, LogLevel.None)
                .AddProvider(log).SetMinimumLevel(LogLevel.Information);
            if (clock is not null) builder.Services.AddSingleton(clock);
            configure?.Invoke(builder);
        });
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new TestService(app, database, own, log, issuer);
    }

    /// <summary>All tables, by a service that is built and does not run.</summary>
    private static async Task LayAsync(ServiceDefinition definition, string[] args)
    {
        await using var app = ServiceHost.Build(definition, args, builder => builder.Logging.ClearProviders());
        await app.Services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        foreach (var others in app.Services.GetServices<IHostedService>().OfType<ILaysTables>()) await others.StartAsync(default);
    }

    /// <summary>Somebody else, with this token; null for nobody.</summary>
    /// <param name="token">An access token.</param>
    public HttpClient As(string? token)
    {
        var client = new HttpClient { BaseAddress = Client.BaseAddress };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>Somebody else, who owns every account that is spoken of.</summary>
    /// <param name="login">The person.</param>
    public HttpClient As(Guid login) =>
        new(new OwningEverything(Issuer, login.ToString("D"), Database.Accounts)) { BaseAddress = Client.BaseAddress };

    /// <summary>Gives the person at <see cref="Client"/> an account that no request has spoken of.</summary>
    /// <param name="account">The account.</param>
    public void Own(Guid account) => person.Own(account);

    /// <summary>Stops the service and, if it was its own, drops its database.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await running.StopAsync();
        await running.DisposeAsync();
        if (ownsDatabase) await Database.DisposeAsync();
    }
}
