using System.Security.Cryptography;
using System.Text;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>The files that a node reads, beside its data and owned by its account.</summary>
internal sealed class BrokerFiles(string folder)
{
    private string Definitions => Path.Combine(folder, "definitions.json");

    private string Imported => Path.Combine(folder, "definitions.imported");

    public void Write(Home home, string definitions)
    {
        Directory.CreateDirectory(folder);
        // Erlang refuses a cookie that others may read; whoever has it may run code in the node.
        Secrets.WriteOwnerOnly(Path.Combine(folder, ".erlang.cookie"), home.Secrets["erlang-cookie"]);
        Secrets.WriteOwnerOnly(Definitions, definitions);
        File.WriteAllText(Path.Combine(folder, "enabled_plugins"), "[rabbitmq_management].\n");
        File.WriteAllText(
            Path.Combine(folder, "rabbitmq.conf"), Settings(home.Ports.Free("rabbitmq"), home.Ports.Free("rabbitmq-management")));
        home.Ports.Free("rabbitmq-distribution");
        Machine.GiveTo(SystemUser.RabbitMq, folder);
    }

    public string WriteForImport(string definitions)
    {
        var file = Path.Combine(folder, $"import-{Guid.CreateVersion7():N}.json");
        Secrets.WriteOwnerOnly(file, definitions);
        Machine.GiveTo(SystemUser.RabbitMq, file);
        return file;
    }

    public bool WasImported(string definitions) =>
        File.Exists(Imported) &&
        string.Equals(File.ReadAllText(Imported), Fingerprint(definitions), StringComparison.Ordinal);

    public void RememberImported(string definitions) => File.WriteAllText(Imported, Fingerprint(definitions));

    private static string Fingerprint(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // A first segment of 64 MB instead of 512: the write-ahead log of quorum queues is held in memory as well. Partners'
    // users are made over the management API; what it would measure, nobody asks it.
    private string Settings(int port, int managementPort) =>
        $"""
        listeners.tcp.1 = 127.0.0.1:{port}
        load_definitions = {Definitions}
        management.tcp.ip = 127.0.0.1
        management.tcp.port = {managementPort}
        management.disable_stats = true
        management_agent.disable_metrics_collector = true
        raft.wal_max_size_bytes = 67108864
        log.console = true
        log.console.level = info
        log.file = false

        """;
}
