using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>
/// Where one platform keeps all that it has: data, secrets, ports, process numbers, logs and traces.
/// Nothing is written outside, except server data when the server's account cannot walk here.
/// </summary>
internal sealed class Home
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode OthersPass = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode OthersRead = OthersPass | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public Home(string folder)
    {
        Folder = Path.GetFullPath(folder);
        Name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Folder)))[..10];
        Directory.CreateDirectory(Folder, OthersPass);
        foreach (var part in (string[])["run", "logs", "traces", "secrets"])
            Directory.CreateDirectory(Path.Combine(Folder, part), OwnerOnly);
        Directory.CreateDirectory(MonitoringFolder, OthersRead);
        DataFolder = Machine.IsRoot && !Machine.OthersMayReach(Folder)
            ? Path.Combine("/var/lib/eperfect", Name)
            : Path.Combine(Folder, "data");
        Directory.CreateDirectory(DataFolder, OthersPass);
        Ports = new Ports(Path.Combine(Folder, "ports.json"));
        Secrets = new Secrets(Path.Combine(Folder, "secrets"));
    }

    public string Folder { get; }

    /// <summary>Tells this platform apart from others on the machine: a hash of its folder.</summary>
    public string Name { get; }

    public string DataFolder { get; }

    /// <summary>What those who watch may read, whoever they run as.</summary>
    public string MonitoringFolder => Path.Combine(Folder, "monitoring");

    public Ports Ports { get; }

    public Secrets Secrets { get; }

    /// <summary>Children die with this process: for tests, which must leave nothing behind however they end.</summary>
    public bool ChildrenDieWithUs { get; init; }

    public string LogOf(string name) => Path.Combine(Folder, "logs", name + ".log");

    public string TraceOf(string name) => Path.Combine(Folder, "traces", name + ".jsonl");

    public string PidFileOf(string name) => Path.Combine(Folder, "run", name + ".json");

    public string DataOf(string name) => Path.Combine(DataFolder, name);

    public Daemon Daemon(string name) => new(name, PidFileOf(name), LogOf(name));

    /// <summary>The names of all that was started here and not stopped.</summary>
    public IEnumerable<string> Remembered() =>
        Directory.GetFiles(Path.Combine(Folder, "run"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)!);

    /// <summary>How many of it were started here and not stopped, orders and orders-2 say; one, if none was.</summary>
    public int InstancesOf(string part) => Remembered()
        .Where(name => name.StartsWith(part + "-", StringComparison.Ordinal))
        .Select(name => int.TryParse(name[(part.Length + 1)..], CultureInfo.InvariantCulture, out var number) ? number : 1)
        .Append(1).Max();

    /// <summary>Forgets everything. Whatever runs here has been stopped before.</summary>
    public void Delete()
    {
        Directory.Delete(DataFolder, recursive: true);
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
