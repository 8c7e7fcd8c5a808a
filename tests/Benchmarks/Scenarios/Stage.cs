using System.Diagnostics;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Benchmarks;

/// <summary>What scenarios play on: the platform as the launcher runs it, durable; customers with tokens of their own; and,
/// on the same server and the same cores, what it is compared with.</summary>
internal sealed class Stage(Options options) : IAsyncDisposable
{
    private const string BareDatabase = "bare";
    private static readonly TimeSpan MostToSettle = TimeSpan.FromMinutes(10);
    private readonly List<IDisposable> started = [];
    private Buyer[] buyers = [];

    public RunningPlatform Platform { get; } = RunningPlatform.Durable();

    public Generator Generator { get; } = new();

    public Options Options => options;

    public Backlog Backlog { get; private set; } = null!; // once it has started

    public BareStore Bare { get; private set; } = null!;

    /// <summary>A bare Marten endpoint.</summary>
    public Uri BareMarten { get; private set; } = null!;

    /// <summary>Plain YARP in front of a trivial endpoint.</summary>
    public Uri PlainProxy { get; private set; } = null!;

    public async Task StartAsync()
    {
        Say("the platform starts");
        await Platform.InitializeAsync();
        Backlog = await Backlog.OfAsync(Platform);
        await using (var admin = NpgsqlDataSource.Create(Platform.ConnectionString("postgres")))
            await admin.CreateCommand($"create database {BareDatabase}").ExecuteNonQueryAsync();
        Bare = new(Platform.ConnectionString(BareDatabase));
        await Bare.PrepareAsync();
        BareMarten = Start("bare-marten", Bare.Tuned);
        PlainProxy = Start("plain-proxy", Start("read").ToString());
        Say($"{options.Customers} customers sign up and open accounts");
        var made = new List<Buyer>();
        foreach (var some in Enumerable.Range(0, options.Customers).Chunk(4))
            made.AddRange(await Task.WhenAll(some.Select(_ => Buyer.ArriveAsync(Platform))));
        buyers = [.. made];
        started.AddRange(made);
        await SettleAsync();
    }

    /// <summary>The customers, with tokens that are good for the next minutes.</summary>
    public async Task<IReadOnlyList<Buyer>> BuyersAsync()
    {
        foreach (var buyer in buyers) await buyer.RenewAsync();
        return buyers;
    }

    /// <summary>Until all that was begun has ended.</summary>
    public async Task<TimeSpan> SettleAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (!(await Backlog.CountAsync()).IsNone)
        {
            if (Stopwatch.GetElapsedTime(begun) > MostToSettle)
                throw new TimeoutException($"There is still {await Backlog.CountAsync()}.");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>What the last round left must not be swept up in the next.</summary>
    public async Task TidyAsync()
    {
        foreach (var name in (string[])["orders", "domains", "privacy", "accounts", BareDatabase])
        {
            await using var database = NpgsqlDataSource.Create(Platform.ConnectionString(name));
            await using var command = database.CreateCommand("vacuum analyze");
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync();
        }
    }

    public static void Say(string what) => Console.Error.WriteLine($"  {DateTimeOffset.UtcNow:HH:mm:ss}  {what}");

    public async ValueTask DisposeAsync()
    {
        foreach (var each in started) each.Dispose();
        if (Backlog is not null) await Backlog.DisposeAsync();
        if (options.Keep is { } folder) Copy(Platform.LogFolder, folder);
        await Platform.DisposeAsync();
    }

    private Uri Start(params string[] part)
    {
        var one = Part.Start(part);
        started.Add(one);
        return one.Address;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
