using System.Globalization;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>How a node, its port mapper and its control tool find each other, and nobody else finds them.</summary>
internal static class BrokerEnvironment
{
    public static Variables For(Home home, string folder) => new()
    {
        ["HOME"] = folder, // the cookie is there
        ["LANG"] = "C.UTF-8",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = Text(home.Ports["rabbitmq-port-mapper"]),
        // The port mapper is a child of ours: Erlang would start one that outlives the node and listens everywhere.
        ["ERL_AFLAGS"] = "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}",
        ["RABBITMQ_NODENAME"] = $"eperfect-{home.Name}@localhost",
        ["RABBITMQ_DIST_PORT"] = Text(home.Ports["rabbitmq-distribution"]),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null", // the machine's own settings are for the machine's own node
        // Its schedulers sleep when there is nothing to do, instead of turning round on a core that others need.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
            "+S 2:2 +SDio 2 +sbwt none +sbwtdcpu none +sbwtdio none +MBas aobf +hmqd off_heap",
        ["RUNNING_UNDER_SYSTEMD"] = "true", // lets the start script become the node instead of its parent
        ["ERL_CRASH_DUMP_BYTES"] = "0", // a dump is the memory of the node, messages included
    };

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
