using JasperFx.Events.Projections;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>The operator's command for what a service derives from its events: lists it; drops it and makes it anew. And
/// for what it published: again.</summary>
internal static class ProjectionsCommand
{
    private const string Usage = """
        projections                 what this service derives from its events
        projections rebuild         drops all of it and makes it anew, while the service does not run
        projections rebuild NAME    drops one and makes it anew
        projections publisher --from SEQUENCE
                                    publishes again from that event on, when the service starts; while it does not run

        Exits with 0 if it was done, with 1 if not. What failed half-way is repeated from the start.
        """;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Nobody waits for what is in the middle of a step, as they do while a service runs: the larger, the fewer
    /// trips.</summary>
    private const int MostInAStep = 4000;

    public static async Task<int> RunAsync(ServiceDefinition definition, string[] args, params string[] settings)
    {
        if (args is ["--help" or "-h"])
        {
            Console.WriteLine(Usage);
            return 0;
        }

        await using var app = ServiceHost.Build(definition, ["--Logging:LogLevel:Default=Warning", .. settings]);
        var store = (DocumentStore)app.Services.GetRequiredService<IDocumentStore>();
        string[] names = [.. store.Options.Projections.All
            .Where(projection => projection.Lifecycle != ProjectionLifecycle.Live)
            .Select(projection => projection.Name).Order(StringComparer.Ordinal)];
        switch (args)
        {
            case []:
                foreach (var name in names) Console.WriteLine(name);
                return 0;
            case ["rebuild"]:
                return await RebuildAsync(app, store, names);
            case ["rebuild", var name] when names.Contains(name, StringComparer.Ordinal):
                return await RebuildAsync(app, store, [name]);
            case ["rebuild", var unknown]:
                return Fail($"{definition.Name} has no projection {unknown}. It has: {string.Join(", ", names)}.");
            case ["publisher", "--from", var from] when long.TryParse(from, out var sequence):
                return await PublishAgainAsync(app, sequence);
            default:
                return Fail(Usage);
        }
    }

    private static async Task<int> RebuildAsync(WebApplication app, DocumentStore store, string[] names)
    {
        try
        {
            await NobodyElseAsync(app.Services.GetRequiredService<NpgsqlDataSource>());
            foreach (var projection in store.Options.Projections.All)
                (projection.Options.BatchSize, projection.Options.MaximumHopperSize) = (MostInAStep, 4 * MostInAStep);
            using var daemon = await store.BuildProjectionDaemonAsync();
            foreach (var name in names)
            {
                await daemon.RebuildProjectionAsync(name, Longest, CancellationToken.None);
                Console.WriteLine($"{name} rebuilt");
            }

            return 0;
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            return Fail(failure.Message);
        }
    }

    private static async Task<int> PublishAgainAsync(WebApplication app, long from)
    {
        try
        {
            var (database, clock) = (app.Services.GetRequiredService<NpgsqlDataSource>(), TimeProvider.System);
            await NobodyElseAsync(database);
            if (await PublishingAgain.FromAsync(database, from, clock) is not { } events)
            {
                return Fail($"Nothing was changed: event {from} was not published yet, or was stored before "
                    + $"{PublishingAgain.ForgottenUntil(clock):u}, and others may have forgotten that they had it.");
            }

            Console.WriteLine($"{events} events, from {from} on, are published again when the service starts");
            return 0;
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
        {
            return Fail(failure.Message);
        }
    }

    /// <summary>Whoever is there under the service's role is the service: it would write into what is being changed.</summary>
    private static async Task NobodyElseAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            select count(*) from pg_stat_activity
            where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
            """);
        if ((long)(await command.ExecuteScalarAsync())! is > 0 and var others)
        {
            throw new InvalidOperationException(
                $"The service runs: it has {others} connections to its database. Stop all its instances first.");
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
