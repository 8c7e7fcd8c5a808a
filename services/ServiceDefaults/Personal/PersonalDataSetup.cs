using System.Reflection;
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
    public static void Add(WebApplicationBuilder builder, string service, Assembly assembly)
    {
        // Fails the start when a declaration is incomplete.
        Declarations.Of(assembly);
        Declarations.InClear(assembly);

        var provider = KeyProviders.Choose(builder, service);
        builder.Services.AddSingleton(_ => provider);
        builder.Services.AddKeyedSingleton(typeof(Vault), (_, _) => KeyProviders.Database(builder.Configuration));
        builder.Services.AddSingleton(services => new VaultOptions(
            services.GetRequiredKeyedService<NpgsqlDataSource>(typeof(Vault)),
            service,
            services.GetRequiredService<IKeyEncryptionKeyProvider>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<Vault>();
        builder.Services.AddSingleton<BlindIndex>();
        if (builder.Configuration.GetValue("Store:CreateSchema", defaultValue: false))
            builder.Services.AddHostedService<VaultSchema>();
        builder.Services.AddHostedService<LedgerReplay>();
        builder.Services.AddHostedService<KeyListening>();
        builder.Services.AddHostedService<KeyKeeping>();
    }

    private sealed class VaultSchema(Vault vault) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => vault.CreateSchemaAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class KeyListening(Vault vault) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => vault.ListenAsync(stoppingToken);
    }
}
