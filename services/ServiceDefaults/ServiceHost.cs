using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPerfect.ServiceDefaults;

/// <summary>The one way a service is built and run.</summary>
public static class ServiceHost
{
    /// <summary>Runs the service until it is told to stop; or, with <c>errors</c> as the first argument, looks after
    /// its error queues; with <c>keys</c>, after its keys; with <c>projections</c>, after what it derives from its events;
    /// or, with the word of one of its commands, carries out that.</summary>
    /// <param name="definition">What the service is.</param>
    /// <param name="args">The command line.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(ServiceDefinition definition, string[] args)
    {
        if (args is ["errors", ..]) return await ErrorsCommand.RunAsync(definition, args[1..]);
        if (args is ["keys", ..]) return await KeysCommand.RunAsync(definition.Name, args[1..]);
        if (args is ["projections", ..]) return await ProjectionsCommand.RunAsync(definition, args[1..]);
        if (args is [var word, .. var rest] && definition.Commands.TryGetValue(word, out var command)) return await command(rest);
        await using var app = Build(definition, args);
        await app.RunAsync();
        return 0;
    }

    /// <summary>Builds the service without running it.</summary>
    /// <param name="definition">What the service is.</param>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Last changes, for tests: another clock, other outside systems.</param>
    /// <returns>The application, ready to run.</returns>
    public static WebApplication Build(
        ServiceDefinition definition, string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(definition);
        builder.Services.TryAddSingleton(TimeProvider.System);
        HostingSetup.Add(builder, definition.Name);
        if (definition.KeepsNothing) HealthSetup.AddStopping(builder.Services);
        else AddKeeping(builder, definition);
        HttpSetup.Add(builder, definition);
        definition.Apply(builder.Services);
        configure?.Invoke(builder);

        var app = builder.Build();
        HttpSetup.Use(app);
        HealthSetup.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").Allow(Access.Anyone);
        if (!definition.KeepsNothing) OperationsEndpoints.Map(app);
        definition.Apply(app);
        app.DemandAccess();
        definition.Mapped = [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)];
        return app;
    }

    private static void AddKeeping(WebApplicationBuilder builder, ServiceDefinition definition)
    {
        var broker = BrokerUri.From(builder.Configuration);
        PersonalDataSetup.Add(builder, definition);
        Store.Add(builder, definition, publishes: broker is not null);
        if (broker is not null) Bus.Add(builder.Services, definition, broker);
        HealthSetup.Add(builder.Services);
        HttpSetup.AddCommands(builder.Services);
    }
}
