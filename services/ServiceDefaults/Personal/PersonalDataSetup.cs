using EPerfect.PersonalData;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Adds the vault of a service: its own keys, in the database of keys, and what looks after them.</summary>
internal static class PersonalDataSetup
{
    public static void Add(WebApplicationBuilder builder, ServiceDefinition definition)
    {
        Check(definition);

        var provider = KeyProviders.Choose(builder, definition.Name);
        builder.Services.AddSingleton(_ => provider);
        builder.Services.AddKeyedSingleton(typeof(Vault), (_, _) => KeyProviders.Database(builder.Configuration));
        builder.Services.AddSingleton(services => new VaultOptions(
            services.GetRequiredKeyedService<NpgsqlDataSource>(typeof(Vault)),
            definition.Name,
            services.GetRequiredService<IKeyEncryptionKeyProvider>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<Vault>();
        builder.Services.AddSingleton<BlindIndex>();
        if (builder.Configuration.GetValue("Store:CreateSchema", defaultValue: false))
            builder.Services.AddHostedService<VaultSchema>();
        builder.Services.AddSingleton<LedgerCopy>()
            .AddSingleton<IErasureLedgerSource>(services => services.GetRequiredService<LedgerCopy>())
            .AddHostedService<LedgerReplay>()
            .AddHostedService(services => services.GetRequiredService<LedgerCopy>());
        builder.Services.AddHostedService<KeyListening>();
        builder.Services.AddSingleton(services => RotationPeriod.From(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<HoldEnding>();
        builder.Services.AddHostedService<KeyKeeping>();
        builder.Services.AddSingleton<IMeasure, KeyMeasure>();
    }

    /// <summary>Ends the start when a declaration is incomplete, when nothing executes its retention, or when what is stored or
    /// sent holds personal data in clear.</summary>
    internal static void Check(ServiceDefinition definition)
    {
        if (RetentionCheck.Faults(definition).ToList() is { Count: > 0 } promises)
            throw new InvalidOperationException($"Personal data would be kept too long: {string.Join("; ", promises)}.");
        var exposed = Exposure.In(
        [
            .. definition.Events.Keys,
            .. definition.Published.Keys,
            .. definition.Subscriptions.Select(subscription => subscription.Message),
        ]);
        if (exposed.Count > 0)
            throw new InvalidOperationException($"Personal data would rest or travel in clear: {string.Join("; ", exposed)}.");
    }

    private sealed class VaultSchema(Vault vault) : ILaysTables
    {
        public Task StartAsync(CancellationToken cancellationToken) => vault.CreateSchemaAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class KeyListening(Vault vault) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => vault.ListenAsync(stoppingToken);
    }
}
