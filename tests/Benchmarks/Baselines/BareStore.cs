using System.Globalization;
using System.Text.Json;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;
using Weasel.Core;

namespace EPerfect.Benchmarks;

internal sealed record BareLine(Guid ItemId, string Product, int Quantity, decimal UnitPrice, decimal Total);

internal sealed record BarePlaced(Guid OrderId, Guid AccountId, string Currency, decimal Total, BareLine[] Lines,
    string Method, DateTimeOffset PlacedAt);

internal sealed record BareAuthorised(string AuthorisationId, decimal Amount, DateTimeOffset AuthorisedAt);

internal sealed record BareOrder(Guid Id)
{
    public static BareOrder Create(IEvent<BarePlaced> e) => new(e.StreamId);
}

/// <summary>An event store with nothing around it, in a database of its own on the platform's server: what a request costs
/// at least, and what appending does.</summary>
internal sealed class BareStore(string connection)
{
    /// <summary>By the tuned connection that the platform has too.</summary>
    public string Tuned =>
        connection + ";No Reset On Close=true;Max Auto Prepare=50;Auto Prepare Min Usages=2;Maximum Pool Size=30";

    /// <summary>The two events of one order.</summary>
    public static object[] Events(Guid order, Guid account)
    {
        var now = DateTimeOffset.UtcNow;
        return
        [
            new BarePlaced(
                order, account, "USD", 59.88m,
                [new(Guid.CreateVersion7(), "perfect-1", 1, 4.99m, 59.88m)], new string('s', 400), now),
            new BareAuthorised("auth-0123456789", 59.88m, now),
        ];
    }

    public static StoreOptions Options(string connection)
    {
        var options = new StoreOptions();
        options.Connection(connection);
        options.DatabaseSchemaName = "bare";
        options.AutoCreateSchemaObjects = AutoCreate.CreateOrUpdate;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        options.Events.AddEventType<BarePlaced>();
        options.Events.AddEventType<BareAuthorised>();
        options.Projections.LiveStreamAggregation<BareOrder>();
        return options;
    }

    /// <summary>Lays the tables and fills them a little: plans made for empty tables stay bad.</summary>
    public async Task PrepareAsync()
    {
        await using (var store = new DocumentStore(Options(Tuned)))
        {
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
            await using var session = store.LightweightSession();
            for (var order = 0; order < 500; order++)
                session.Events.StartStream<BareOrder>(Guid.CreateVersion7(), Events(Guid.NewGuid(), Guid.NewGuid()));
            await session.SaveChangesAsync();
        }

        await using var database = NpgsqlDataSource.Create(connection);
        await database.CreateCommand("vacuum analyze").ExecuteNonQueryAsync();
    }

    /// <summary>pgbench calls the function that Marten appends by, over and over on 32 connections.</summary>
    /// <returns>Appends a second, of two events each.</returns>
    public async Task<double> AppendRawAsync(TimeSpan duration)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, await ScriptAsync());
            var to = new NpgsqlConnectionStringBuilder(connection);
            var seconds = Math.Ceiling(duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            var result = await Tool.RunAsync(
                null, null, new Variables { ["PGPASSWORD"] = to.Password! },
                [
                    Path.Combine(PostgresBinaries.Find()!.Folder, "pgbench"), "-n", "-M", "prepared", "-c", "32", "-j", "2",
                    "-T", seconds, "-f", script, "-h", to.Host!, "-p", to.Port.ToString(CultureInfo.InvariantCulture), "-U",
                    to.Username!, to.Database!,
                ],
                CancellationToken.None);
            var line = result.Output.Split('\n').FirstOrDefault(line => line.StartsWith("tps = ", StringComparison.Ordinal))
                ?? throw new InvalidOperationException($"pgbench: {result.Output}");
            return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private async Task<string> ScriptAsync()
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var names = (string)(await database.CreateCommand("""
            select array_to_string(proargnames, ',') from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'bare' and p.proname = 'mt_quick_append_events'
            """).ExecuteScalarAsync())!;
        return $"select bare.mt_quick_append_events({string.Join(", ", names.Split(',').Select(Argument))});\n";
    }

    private static string Argument(string name)
    {
        var events = Events(Guid.NewGuid(), Guid.NewGuid());
        string Each(Func<object, string> of, string type) => $"array[{string.Join(", ", events.Select(of))}]::{type}[]";
        return name switch
        {
            "stream" => "gen_random_uuid()",
            "stream_type" => "'bare_order'",
            "tenantid" => "'*DEFAULT*'",
            "event_ids" => Each(_ => "gen_random_uuid()", "uuid"),
            "event_types" => Each(e => e is BarePlaced ? "'bare_placed'" : "'bare_authorised'", "varchar"),
            "dotnet_types" => Each(e => $"'{e.GetType().FullName}, EPerfect.Benchmarks'", "varchar"),
            "bodies" => Each(e => $"'{JsonSerializer.Serialize(e, JsonSerializerOptions.Web)}'", "jsonb"),
            "bdatas" => Each(_ => "null", "bytea"),
            "expected_version" => "null",
            "timestamps" => Each(_ => "now()", "timestamptz"),
            _ => throw new InvalidOperationException($"Marten's append function takes {name}: what is it given?"),
        };
    }
}
