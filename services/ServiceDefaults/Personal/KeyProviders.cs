using EPerfect.PersonalData;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Where a service's keys are, and what wraps them, by its settings.</summary>
internal static class KeyProviders
{
    public static IKeyEncryptionKeyProvider Choose(WebApplicationBuilder builder, string service)
    {
        var settings = builder.Configuration.GetSection("PersonalData");
        if (settings["Vault:Address"] is { } address) return Transit(settings.GetSection("Vault"), address, service);
        var file = settings["KeyFile"] ?? throw new InvalidOperationException(
            "What wraps the keys? Neither PersonalData:Vault:Address nor PersonalData:KeyFile is set.");
        return new FileKeyEncryptionKeyProvider(
            file, builder.Environment.IsDevelopment() || settings.GetValue("AllowKeyFile", defaultValue: false));
    }

    public static NpgsqlDataSource Database(IConfiguration configuration)
    {
        var keys = configuration.GetConnectionString("Keys")
            ?? throw new InvalidOperationException("ConnectionStrings:Keys is not set: where is the database of keys?");
        var connection = new NpgsqlConnectionStringBuilder(keys)
        {
            MaxPoolSize = 10,
            CommandTimeout = 5,
            Timeout = 3,
            NoResetOnClose = true,
            MaxAutoPrepare = 30,
        };
        return new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = "keys" }.Build();
    }

    private static TransitKeyEncryptionKeyProvider Transit(IConfiguration settings, string address, string service) =>
        new(new TransitOptions(new Uri(address), settings["Key"] ?? service)
        {
            Mount = settings["Mount"] ?? "transit",
            Namespace = settings["Namespace"],
            Token = settings["Token"],
            TokenFile = settings["TokenFile"],
        });
}
