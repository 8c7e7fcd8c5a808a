using System.Collections.Concurrent;
using EPerfect.Launcher;
using EPerfect.Launcher.Building;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Partners;
using EPerfect.Launcher.Processes;
using EPerfect.Launcher.Running;
using Xunit;

namespace EPerfect.Testing;

/// <summary>
/// The whole platform as the launcher runs it, real processes in a folder of their own, for tests that go through the
/// gateway or pull plugs. It ends with the test process, however that ends.
/// </summary>
public sealed class RunningPlatform : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Cable> cables = new(StringComparer.Ordinal);
    private readonly bool isCabled;
    private readonly Platform platform;

    /// <summary>One process of each service.</summary>
    public RunningPlatform() : this(new Dictionary<string, int>(StringComparer.Ordinal))
    {
    }

    private RunningPlatform(IReadOnlyDictionary<string, int> instances, bool durable = false, bool isCabled = false)
    {
        this.isCabled = isCabled;
        var home = Sandbox.Create("platform", passing: !durable);
        platform = new Platform(Checkout.Find(), home, instances, durable, isCabled ? Lay : null);
    }

    /// <summary>One process of each, and a database that keeps what it has promised: to be measured.</summary>
    public static RunningPlatform Durable() => new(new Dictionary<string, int>(StringComparer.Ordinal), durable: true);

    /// <summary>Two processes of some; the second one of Orders is <c>orders-2</c>.</summary>
    /// <param name="parts">Services, or <c>gateway</c>.</param>
    public static RunningPlatform WithTwo(params IReadOnlyList<string> parts) =>
        new(parts.ToDictionary(part => part, _ => 2, StringComparer.Ordinal));

    /// <summary>Two of each service and two gateways, and every line between two of them can be cut.</summary>
    public static RunningPlatform WithTwoOfEachAndCables() => new(
        Databases.Roles.Append("gateway").ToDictionary(part => part, _ => 2, StringComparer.Ordinal), isCabled: true);

    /// <summary>The lines by who speaks to whom, such as <c>orders>postgres</c>, <c>orders>keys</c>, <c>orders>rabbitmq</c>,
    /// <c>gateway>orders-2</c>, <c>clients>gateway</c>; all are laid once everything runs.</summary>
    public IReadOnlyDictionary<string, Cable> Cables => cables;

    /// <summary>The only door.</summary>
    public Uri Gateway => platform.Address;

    /// <summary>All its leaves.</summary>
    public IReadOnlyList<Uri> Gateways => [.. platform.Gateways.Select(gateway => isCabled
        ? new UriBuilder(gateway.Address) { Port = Lay("clients", gateway.Name, gateway.Address.Port) }.Uri
        : gateway.Address)];

    /// <summary>All files of PostgreSQL, write-ahead log included.</summary>
    public string PostgresFolder => platform.Postgres.DataFolder;

    /// <summary>All files of RabbitMQ.</summary>
    public string RabbitMqFolder => platform.Broker.DataFolder;

    /// <summary>Everybody's logs.</summary>
    public string LogFolder => Path.Combine(platform.Home.Folder, "logs");

    /// <summary>Everybody's spans, JSON lines, one file a process.</summary>
    public string TraceFolder => Path.Combine(platform.Home.Folder, "traces");

    /// <summary>Builds what is stale, starts everything and waits until all are healthy.</summary>
    public async ValueTask InitializeAsync()
    {
        await Requirements.EnsureAsync(CancellationToken.None);
        await ToldAsync(() => platform.StartAsync(CancellationToken.None));
        _ = Gateways; // lays their lines
    }

    /// <summary>SIGKILL; the process is gone when this returns.</summary>
    /// <param name="name">accounts, orders, domains, privacy, gateway, postgres, rabbitmq or mail.</param>
    public Task KillAsync(string name) => platform.KillAsync(name);

    /// <summary>Starts it again with the data and the ports that it had, and waits until it is healthy.</summary>
    public Task StartAgainAsync(string name, CancellationToken ct = default) =>
        ToldAsync(() => platform.StartAgainAsync(name, ct));

    /// <summary>Asks it to stop, as an operator would, and waits until it has.</summary>
    public Task StopAsync(string name) => platform.StopAsync(name);

    /// <summary>Alive, but answers nothing any more (SIGSTOP).</summary>
    public void Pause(string name) => platform.Pause(name);

    /// <summary>Answers again after <see cref="Pause"/>.</summary>
    public void Continue(string name) => platform.Continue(name);

    /// <summary>The process's number; null when it does not run.</summary>
    public int? ProcessId(string name) => platform.ProcessId(name);

    /// <summary>Where one process listens, past the gateway.</summary>
    public Uri AddressOf(string name) => platform.AddressOf(name);

    /// <summary>Where a process tells its metrics.</summary>
    public Uri MetricsOf(string name) => platform.MetricsOf(name);

    /// <summary>For a database as a service's role or, by default, as the superuser.</summary>
    /// <param name="database">accounts, orders, domains, privacy or keys.</param>
    /// <param name="role">accounts, orders, domains, privacy or postgres.</param>
    public string ConnectionString(string database, string role = "postgres") =>
        platform.Postgres.ConnectionString(database, role);

    /// <summary>For the broker, as a service's user or, by default, as one who may touch everything.</summary>
    public string BrokerUri(string user = BrokerDefinitions.Operator) => platform.Broker.UriFor(user);

    /// <summary>Appoints the first operator, as <c>deploy/up</c> does, once.</summary>
    /// <returns>The address, and the password that is good for its own change only.</returns>
    public async Task<(string Address, string Password)> FirstOperatorAsync()
    {
        var printed = await FirstOperator.AppointAsync(platform, CancellationToken.None);
        return printed?.Split(' ') is [var address, var password]
            ? (address, password)
            : throw new InvalidOperationException("There is an operator already.");
    }

    /// <summary>A client that shows the token of the first operator, who signs in with a second factor. Takes the first
    /// operator.</summary>
    public async Task<HttpClient> OperatorAsync()
    {
        using var staff = await Staff.SignInAsync(platform, CancellationToken.None);
        var client = new HttpClient { BaseAddress = Gateway, Timeout = TimeSpan.FromSeconds(15) };
        client.DefaultRequestHeaders.Authorization = staff.Operator.Bearer;
        return client;
    }

    /// <summary>What the operator of <see cref="OperatorAsync"/> types at a browser.</summary>
    /// <returns>Address and password, and what tells the next code of the authenticator.</returns>
    public (string Address, string Password, Func<Task<string>> NextCodeAsync) OperatorSignIn()
    {
        var secrets = platform.Home.Secrets;
        var authenticator = new Authenticator(secrets.PathOf("staff-operator-authenticator"), TimeProvider.System);
        return (
            $"{FirstOperator.Name}@eperfect.example",
            secrets["staff-operator-password"],
            () => authenticator.NextCodeAsync(CancellationToken.None));
    }

    /// <summary>Partners in sandbox mode, as <c>deploy/partner</c> makes them: with a test event and a synthetic person in their
    /// feed. Takes the first operator.</summary>
    /// <param name="companies">Their names.</param>
    /// <returns>What lets a program of each in.</returns>
    public async Task<IReadOnlyList<(string Id, string Secret, string Key)>> SandboxPartnersAsync(
        params IReadOnlyList<string> companies)
    {
        var made = new List<(string Id, string Secret, string Key)>();
        using var staff = await Staff.SignInAsync(platform, CancellationToken.None);
        foreach (var company in companies)
        {
            var (id, secret, key) = await new SandboxPartner(platform, staff, company).BeginAsync(CancellationToken.None);
            made.Add((id, secret, key));
        }

        return made;
    }

    /// <summary>A partner that hears of customers, if they consent. Takes the first operator.</summary>
    /// <param name="company">Its name.</param>
    /// <returns>What lets its program in.</returns>
    public async Task<(string Id, string Secret, string Key)> LivePartnerAsync(string company)
    {
        using var staff = await Staff.SignInAsync(platform, CancellationToken.None);
        using var api = new Api(platform.Address, staff.Operator.Bearer);
        var made = await api.PostAsync(
            "/api/partners/registry",
            new { company, kind = "other", mode = "live", erasureContact = "erasure@partner.example" },
            key: null,
            CancellationToken.None);
        var (partner, steps) = ((string)made!["id"]!, new SandboxPartner(platform, staff, company));
        var (id, secret, key) = await steps.LetInAsync(partner, CancellationToken.None);
        await steps.AgreeAsync(partner, CancellationToken.None);
        return (id, secret, key);
    }

    /// <summary>All folders in which the platform keeps anything, its working files included.</summary>
    public IReadOnlyList<string> Folders => [platform.Home.Folder, platform.Home.DataFolder];

    /// <summary>What was delivered, which is out of our hands: the catcher stands for whoever got it.</summary>
    public string MailFolder => platform.Mail.DataFolder;

    /// <summary>Of a service: what wraps its keys.</summary>
    public string KeyFileOf(string service) =>
        Path.Combine(platform.Home.Folder, "secrets", $"{service}-key-encryption-keys");

    /// <summary>An operator's command, in a process of its own, with the service's settings.</summary>
    /// <param name="service">accounts, orders, domains or privacy.</param>
    /// <param name="words">The command.</param>
    /// <returns>Its exit code, and all that it said.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string service, params IReadOnlyList<string> words)
    {
        var process = platform.FirstInstanceOf(service);
        var settings = process.Surroundings();
        settings.Remove("Telemetry__TraceFile"); // it is the running process's
        var result = await Tool.RunAsync(
            null, null, settings, [DotNet.Path, "exec", process.Assembly, .. words], CancellationToken.None);
        return (result.ExitCode, result.Output);
    }

    /// <summary>What was sent to an address so far, the newest first.</summary>
    public IReadOnlyList<CaughtMail> MailsTo(string address) => platform.Mail.MailsTo(address);

    // The logs go with the platform: what they say must be in the failure itself.
    private static async Task ToldAsync(Func<Task> start)
    {
        try
        {
            await start();
        }
        catch (LaunchException failure) when (failure.LastLogLines.Count > 0)
        {
            throw new InvalidOperationException(
                $"{failure.Message}\n{string.Join('\n', failure.LastLogLines)}", failure);
        }
    }

    /// <summary>Ends all processes and deletes all that they kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await platform.KillAllAsync();
        foreach (var cable in cables.Values) await cable.DisposeAsync();
        platform.Home.Delete();
    }

    private int Lay(string from, string to, int port) => cables.GetOrAdd($"{from}>{to}", _ => new Cable(port)).Port;
}
