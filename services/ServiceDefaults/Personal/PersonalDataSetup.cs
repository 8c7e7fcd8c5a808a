using System.Reflection;
using EPerfect.PersonalData;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Adds the vault of a service: its own keys, in the database of keys.</summary>
internal static class PersonalDataSetup
{
    public static void Add(WebApplicationBuilder builder, string service, Assembly assembly)
    {
        // Fails the start when a declaration is incomplete.
        Declarations.Of(assembly);
        Declarations.InClear(assembly);

        var configuration = builder.Configuration;
        var keys = configuration.GetConnectionString("Keys")
            ?? throw new InvalidOperationException("ConnectionStrings:Keys is not set: where is the database of keys?");
        var file = configuration["PersonalData:KeyFile"]
            ?? throw new InvalidOperationException("PersonalData:KeyFile is not set: what wraps the keys?");
        var allowed = builder.Environment.IsDevelopment()
            || configuration.GetValue("PersonalData:AllowKeyFile", defaultValue: false);

        builder.Services.AddSingleton<IKeyEncryptionKeyProvider>(new FileKeyEncryptionKeyProvider(file, allowed));
        builder.Services.AddKeyedSingleton(
            typeof(Vault),
            (_, _) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(keys)
            {
                MaxPoolSize = 10,
                CommandTimeout = 5,
                Timeout = 3,
                NoResetOnClose = true,
                MaxAutoPrepare = 10,
            }));
        builder.Services.AddSingleton(services => new VaultOptions(
            services.GetRequiredKeyedService<NpgsqlDataSource>(typeof(Vault)),
            service,
            services.GetRequiredService<IKeyEncryptionKeyProvider>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<Vault>();
        builder.Services.AddSingleton<BlindIndex>();
        if (configuration.GetValue("Store:CreateSchema", defaultValue: false))
            builder.Services.AddHostedService<VaultSchema>();
    }

    private sealed class VaultSchema(Vault vault) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => vault.CreateSchemaAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
