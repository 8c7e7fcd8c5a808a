using JasperFx.Events.Daemon;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace EPerfect.ServiceDefaults;

/// <summary>Adds the event store of a service.</summary>
internal static class Store
{
    public static void Add(WebApplicationBuilder builder, ServiceDefinition definition, bool publishes)
    {
        var configuration = builder.Configuration;
        var createSchema = configuration.GetValue("Store:CreateSchema", defaultValue: false);
        builder.Services.AddDataSources(configuration);
        builder.Services.AddSingleton<DeadlineSignal>().AddSingleton<Deadlines>();
        builder.Services.AddSingleton<StoppedEffects>();
        builder.Services.AddSingleton<Writer>();
        // First to start, last to stop: everything else may still want to write.
        builder.Services.AddHostedService(services => services.GetRequiredService<Writer>());

        var marten = builder.Services
            .AddMarten(services =>
            {
                var options = new StoreOptions();
                MartenBaseline.Apply(
                    options, definition, services.GetRequiredService<TimeProvider>(), createSchema);
                return options;
            })
            .UseNpgsqlDataSource()
            .UseLightweightSessions()
            .AddAsyncDaemon(DaemonMode.HotCold);
        builder.Services.AddSingleton<AppendWakeup>()
            .Replace(ServiceDescriptor.Singleton<IProjectionCoordinator, Leadership>());
        if (createSchema)
        {
            marten.ApplyAllDatabaseChangesOnStartup();
            builder.Services.AddHostedService<EventIndexes>().AddHostedService<DeadlineStorage>();
        }

        if (publishes) marten.AddSubscriptionWithServices<Publisher>(ServiceLifetime.Singleton);

        builder.Services.AddSingleton<MeasureHistory>().AddHostedService<Measuring>();
        builder.Services.AddSingleton<IMeasure, ProgressMeasure>().AddSingleton<IMeasure, DeadlineMeasure>()
            .AddSingleton<IMeasure, RetentionMeasure>();
        builder.Services.AddHostedService<DataDeclaring>();
        builder.Services.AddSingleton<ShardProgress>().AddSingleton<ShardFailures>().AddHostedService<StoppedShards>();
        builder.Services.AddHostedService<DeadlineRunner>();
        builder.Services.AddSingleton<RetentionSweeper>()
            .AddHostedService(services => services.GetRequiredService<RetentionSweeper>());
    }

    private static void AddDataSources(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = new NpgsqlConnectionStringBuilder(
            configuration.GetConnectionString("Store")
            ?? throw new InvalidOperationException("ConnectionStrings:Store is not set: where is the service's own database?"))
        {
            // Parsing and planning were the largest cost of an append. Sessions hold no state that a reset would clear:
            // advisory locks are taken in transactions, or given free before their session goes back.
            NoResetOnClose = true,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            // Otherwise the server plans for the values, each time, when that looked cheaper at the last analyze: a stream's
            // read, a page of events, a look for receipts, always the same. All that we ask finds its rows by an index.
            Options = "-c plan_cache_mode=force_generic_plan",
            MaxPoolSize = 30,
            CommandTimeout = 10,
            Timeout = 5,
            IncludeErrorDetail = false,
        };
        // The name is what metrics tell, instead of the whole connection string.
        NpgsqlDataSource Source(string name, NpgsqlConnectionStringBuilder settings) =>
            new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name }.Build();

        services.AddSingleton(_ => Source("store", connection));
        // The table of deadlines is empty at one moment and full at the next: a plan that was kept since it was empty
        // reads all of it for each claim.
        var claims = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { MaxAutoPrepare = 0, MaxPoolSize = 2 };
        services.AddKeyedSingleton(DeadlineTable.Name, (_, _) => Source("claims", claims));
        // Its locks end with its session: no pool gives that to others. Who leads looks each second whether it does.
        var locks = new NpgsqlConnectionStringBuilder(connection.ConnectionString)
        {
            Pooling = false, MaxAutoPrepare = 0, CommandTimeout = 5, KeepAlive = 1,
        };
        services.AddKeyedSingleton(Locks.Key, (_, _) => Source(Locks.Key, locks));
    }
}
