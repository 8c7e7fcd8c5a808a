using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EPerfect.Chaos.Checker;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Chaos;

/// <summary>A run: journeys under faults, then quiet, then judgement. The servers run on until it is disposed of, for whoever
/// wants to look again.</summary>
internal sealed class Run : IAsyncDisposable
{
    private static readonly TimeSpan MostTimeToDrain = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);
    private readonly RunningPlatform platform = RunningPlatform.WithTwoOfEachAndCables();
    private readonly Options options;
    private readonly Timeline timeline;
    private readonly Notebook notebook;
    private readonly HashSet<Violation> seen = [];

    public Run(Options options, Action<string>? show = null)
    {
        this.options = options;
        if (Directory.Exists(options.Folder)) Directory.Delete(options.Folder, recursive: true);
        Directory.CreateDirectory(options.Folder);
        timeline = new Timeline(Path.Combine(options.Folder, "timeline.txt"), show);
        notebook = new Notebook(Path.Combine(options.Folder, "history.jsonl"));
    }

    /// <summary>Where the services keep what the checker judges.</summary>
    public Stores Stores => new(Stores.Services.ToDictionary(
        service => service, service => platform.ConnectionString(service), StringComparer.Ordinal));

    /// <summary>What lies on the broker, for the checker.</summary>
    public Queues Queues => new(
        new Uri(Broker),
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Options.Repository(), "deploy", "topology.json")))!["queues"]!.AsArray()
            .Select(queue => queue!["name"]!.GetValue<string>())]);

    /// <summary>As one who may touch everything.</summary>
    public string Broker => platform.BrokerUri();

    public IReadOnlyList<Noted> History => Checker.History.Read(notebook.File);

    public async Task<Result> JudgedAsync(CancellationToken ct)
    {
        await platform.InitializeAsync();
        var schedule = Schedule.Of(options.Seed, TimeSpan.FromMinutes(options.Minutes), options.Faults);
        await File.WriteAllLinesAsync(
            Path.Combine(options.Folder, "schedule.txt"),
            schedule.Select(fault => string.Create(CultureInfo.InvariantCulture, $"{fault.At.TotalSeconds,8:0.0} {fault}")), ct);
        timeline.Note($"all runs; seed {options.Seed}");

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var injector = new FaultInjector(platform, timeline);
        var customers = Enumerable.Range(0, options.Customers)
            .Select(number => new VirtualCustomer(platform, notebook, timeline, (options.Seed * 1000) + number)).ToArray();
        var living = Task.WhenAll(customers.Select(customer => customer.LiveAsync(stop.Token)));
        var watching = WatchAsync(stop.Token);
        await injector.RunAsync(schedule, ct);
        timeline.Note("no more faults");
        var quiet = Stopwatch.StartNew();
        await stop.CancelAsync();
        await living;
        await watching;
        timeline.Note("the customers are done");
        await DrainAsync(quiet);
        var drained = quiet.Elapsed;
        await EndAsync();
        var result = new Result(
            options, schedule, injector.Done, customers.Sum(customer => customer.Journeys), notebook.Acknowledged,
            History.Count(noted => noted.Outcome is Outcome.Unknown), drained, [.. seen]);
        await KeepAsync(result);
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        timeline.Dispose();
        notebook.Dispose();
    }

    /// <summary>Safety does not wait for the end.</summary>
    private async Task WatchAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                // What the clients knew before: the stores are read after it.
                Add(await new Judge(Stores).SafetyAsync(History));
            }
            catch (Exception away) when (away is NpgsqlException or TimeoutException or IOException)
            {
                // PostgreSQL is being broken at this moment.
            }
        }
    }

    private async Task DrainAsync(Stopwatch quiet)
    {
        var draining = new Draining(Stores, Queues);
        IReadOnlyList<string> left = [];
        while (quiet.Elapsed < MostTimeToDrain)
        {
            left = await draining.LeftAsync();
            if (left.Count == 0) return;
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        Add([.. left.Select(what => new Violation("not-drained", $"{MostTimeToDrain.TotalSeconds:0} s", what))]);
    }

    private async Task EndAsync()
    {
        Add(await Queues.ErrorsAsync());
        timeline.Note("drained; the services are asked to stop");
        await Task.WhenAll(Targets.Processes.Where(part => part is not ("rabbitmq" or "postgres")).Select(platform.StopAsync));
        Add(await new Judge(Stores).EndAsync(History));
        Add(notebook.Broken);
        foreach (var differences in await Task.WhenAll(Stores.Services.Select(RebuiltAsync))) Add(differences);
        timeline.Note($"judged: {seen.Count} violations");
    }

    private async Task<IReadOnlyList<Violation>> RebuiltAsync(string service)
    {
        var before = await Readings.TakeAsync(Stores, service);
        var (code, output) = await platform.RunAsync(service, "projections", "rebuild");
        return code == 0
            ? before.Compare(await Readings.TakeAsync(Stores, service))
            : [new Violation("projection-differs", service, $"cannot be rebuilt: {output.Trim()}")];
    }

    private void Add(IReadOnlyList<Violation> violations)
    {
        lock (seen)
        {
            foreach (var violation in violations.Where(seen.Add)) timeline.Note($"VIOLATION {violation}");
        }
    }

    private async Task KeepAsync(Result result)
    {
        await File.WriteAllTextAsync(Path.Combine(options.Folder, "summary.txt"), result.ToString());
        if (result.Violations.Count == 0) return;
        foreach (var log in Directory.EnumerateFiles(platform.LogFolder, "*.log"))
            File.Copy(log, Path.Combine(options.Folder, Path.GetFileName(log)), overwrite: true);
    }
}
