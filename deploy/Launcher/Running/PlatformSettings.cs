using System.Globalization;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Running;

/// <summary>What each process is told about the others: addresses and its own credentials, nobody else's.</summary>
internal static class PlatformSettings
{
    /// <summary>The client that speaks for people at this machine: the demo, the tests.</summary>
    public const string ConsoleClient = "console";

    /// <summary>The pages for operators.</summary>
    private const string OperatorsClient = "operations";

    /// <summary>Nobody listens there: whoever signs in as this client reads where it is sent, and does not go.</summary>
    public static readonly Uri ConsoleRedirect = new("http://127.0.0.1/console/signed-in");

    public static Variables ForService(Platform platform, string service)
    {
        var (postgres, broker) = (platform.Postgres, platform.Broker);
        var settings = new Variables
        {
            ["ConnectionStrings__Store"] =
                postgres.ConnectionString(service, service, platform.Line(service, postgres.Name, postgres.Port)),
            ["ConnectionStrings__Keys"] =
                postgres.ConnectionString(Databases.Keys, service, platform.Line(service, Databases.Keys, postgres.Port)),
            ["Broker__Uri"] = broker.UriFor(service, port: platform.Line(service, broker.Name, broker.Port)),
            ["PersonalData__KeyFile"] = Path.Combine(platform.Home.Folder, "secrets", $"{service}-key-encryption-keys"),
            ["Store__CreateSchema"] = "true",
            ["Identity__Issuer"] = Issuer(platform),
        };
        if (service is "accounts")
            AddIdentity(settings, platform);
        if (service is "privacy")
        {
            settings["Broker__Administration"] = platform.Broker.Administration;
            // Whoever tries out a webhook has its receiver on this machine.
            settings["Webhooks__AllowLoopback"] = "true";
        }

        return settings;
    }

    public static Variables ForGateway(Platform platform, IReadOnlyDictionary<string, ServiceProcess[]> services)
    {
        var settings = new Variables
        {
            ["Identity__Issuer"] = Issuer(platform),
            // Everybody on this machine has one address.
            ["RateLimits__Unlimited__0"] = "127.0.0.0/8",
        };
        foreach (var (service, instances) in services)
        {
            for (var i = 0; i < instances.Length; i++)
            {
                var destination = ((char)('a' + i)).ToString(CultureInfo.InvariantCulture);
                var address = new UriBuilder(instances[i].Address);
                address.Port = platform.Line("gateway", instances[i].Name, address.Port);
                settings[$"ReverseProxy__Clusters__{service}__Destinations__{destination}__Address"] = address.Uri.ToString();
            }
        }

        return settings;
    }

    /// <summary>It asks the services as whoever asks it: no credentials of its own.</summary>
    public static Variables ForOperations(Platform platform, IReadOnlyDictionary<string, ServiceProcess[]> services)
    {
        var settings = new Variables
        {
            ["Identity__Issuer"] = Issuer(platform),
            ["Pages__KeyFolder"] = Path.Combine(platform.Home.Folder, "secrets", "operations-forms"),
            ["Traces__Folder"] = Path.Combine(platform.Home.Folder, "traces"),
        };
        foreach (var (service, instances) in services)
        {
            for (var i = 0; i < instances.Length; i++)
                settings[$"Services__Addresses__{service}__{i}"] = instances[i].Address.ToString();
        }

        return settings;
    }

    private static void AddIdentity(Variables settings, Platform platform)
    {
        settings["Identity__Clients__0__Id"] = ConsoleClient;
        settings["Identity__Clients__0__RedirectUris__0"] = ConsoleRedirect.ToString();
        settings["Identity__Clients__1__Id"] = OperatorsClient;
        settings["Identity__Clients__1__RedirectUris__0"] = new Uri(platform.Address, "operations/signed-in").ToString();
        settings["Mail__Host"] = "127.0.0.1";
        settings["Mail__Port"] = platform.Mail.Port.ToString(CultureInfo.InvariantCulture);
        settings["Mail__Security"] = "none";
    }

    private static string Issuer(Platform platform) => platform.Address.ToString();
}
