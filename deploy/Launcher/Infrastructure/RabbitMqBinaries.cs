using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>An installed RabbitMQ, 3.10 or later, and Erlang's port mapper.</summary>
internal sealed record RabbitMqBinaries(string Folder, Version Version, string PortMapper)
{
    public static readonly Version Oldest = new(3, 10);

    public string Server => Path.Combine(Folder, "rabbitmq-server");

    public string Control => Path.Combine(Folder, "rabbitmqctl");

    /// <summary>The newest one found, or null. Not a distribution's wrapper, which changes user and folder.</summary>
    public static RabbitMqBinaries? Find() =>
        PortMapperPath() is { } portMapper
            ? Candidates()
                .Where(folder => File.Exists(Path.Combine(folder, "rabbitmq-server")))
                .Select(folder => new RabbitMqBinaries(folder, VersionOf(folder), portMapper))
                .Where(found => found.Version >= Oldest)
                .MaxBy(found => found.Version)
            : null;

    private static IEnumerable<string> Candidates()
    {
        string[] parents = ["/usr/lib/rabbitmq/lib", "/usr/local/lib/rabbitmq/lib", "/opt"];
        var versioned = parents.Where(Directory.Exists)
            .SelectMany(parent => Directory.GetDirectories(parent, "rabbitmq*"))
            .Select(home => Path.Combine(home, "sbin"));
        var onPath = Machine.FindOnPath("rabbitmq-server") is { } server
            ? [Path.GetDirectoryName(new FileInfo(server).ResolveLinkTarget(true)?.FullName ?? server)!]
            : Array.Empty<string>();
        return versioned.Concat(onPath);
    }

    // <home>/plugins/rabbit-3.10.8[.ez]: asking the server itself would start an Erlang machine.
    private static Version VersionOf(string folder)
    {
        var plugins = Path.Combine(folder, "..", "plugins");
        return !Directory.Exists(plugins) ? new Version() : Directory.GetFileSystemEntries(plugins, "rabbit-*")
            .Select(path => Path.GetFileName(path)["rabbit-".Length..].Replace(".ez", "", StringComparison.Ordinal))
            .Select(text => Version.TryParse(text.Split('-', '+')[0], out var version) ? version : new Version())
            .DefaultIfEmpty(new Version()).Max()!;
    }

    private static string? PortMapperPath() =>
        Machine.FindOnPath("epmd") ??
        ((string[])["/usr/lib/erlang/bin/epmd", "/usr/local/lib/erlang/bin/epmd"]).FirstOrDefault(File.Exists);
}
