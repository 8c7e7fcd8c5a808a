using System.Globalization;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Running;

/// <summary>What each process is told about the others: addresses and its own credentials, nobody else's.</summary>
internal static class PlatformSettings
{
    public static Variables ForService(Home home, Postgres postgres, Broker broker, string service) => new()
    {
        ["ConnectionStrings__Store"] = postgres.ConnectionString(service, service),
        ["ConnectionStrings__Keys"] = postgres.ConnectionString(Databases.Keys, service),
        ["Broker__Uri"] = broker.UriFor(service),
        ["PersonalData__KeyFile"] = Path.Combine(home.Folder, "secrets", $"{service}-key-encryption-keys"),
        ["Store__CreateSchema"] = "true",
    };

    public static Variables ForGateway(IReadOnlyDictionary<string, ServiceProcess[]> services)
    {
        var settings = new Variables();
        foreach (var (service, instances) in services)
        {
            for (var i = 0; i < instances.Length; i++)
            {
                var destination = ((char)('a' + i)).ToString(CultureInfo.InvariantCulture);
                settings[$"ReverseProxy__Clusters__{service}__Destinations__{destination}__Address"] =
                    instances[i].Address.ToString();
            }
        }

        return settings;
    }
}
