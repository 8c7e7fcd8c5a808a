using System.Text.Json;
using EPerfect.Operations;
using EPerfect.Testing;

namespace EPerfect.Architecture.Tests;

/// <summary>Operations, in front of the services that it asks.</summary>
internal sealed class OperatorsDoor : IAsyncDisposable
{
    /// <summary>Not well formed: whoever is let in is told so, without anything having failed before.</summary>
    private const string NoReason = "because";

    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"eperfect-{Environment.ProcessId}-traces");

    private readonly IReadOnlyDictionary<string, TestService> services;

    private OperatorsDoor(IReadOnlyDictionary<string, TestService> services, TestService operations) =>
        (this.services, Door) = (services, operations);

    public TestService Door { get; }

    public IReadOnlyDictionary<string, Func<TestService, Guid, Task<Call>>> Calls =>
        new Dictionary<string, Func<TestService, Guid, Task<Call>>>(StringComparer.Ordinal)
        {
            ["ReadOrderStory"] = async (_, account) =>
            {
                var order = await services["orders"].CreateAsync(account, "/api/orders", Operations.Order(account));
                return new($"/api/operations/orders/{order}/story");
            },
            ["ReadAccountStory"] = async (_, account) =>
                new($"/api/operations/accounts/{await services["accounts"].OpenAccountAsync(account)}/story"),
            ["ReadDomainStory"] = async (_, account) =>
                new($"/api/operations/domains/{await services["domains"].RegisterDomainAsync(account)}/story"),
            ["ReadEffects"] = Is("effects"),
            ["StopEffect"] = Is("effects/charge/stop", new { reason = "incident:1" }),
            ["ResumeEffect"] = Is("effects/charge/resume", new { reason = "incident:1" }),
            ["ReadHealth"] = Is("health"),
            ["ReadProgress"] = Is("lag"),
            ["ReadQueues"] = Is("queues"),
            ["ReadFailedMessages"] = Is("failed-messages"),
            ["ReadArchivedMessages"] = Is("archived-messages"),
            ["ReplayFailedMessages"] = Is("failed-messages/replay", new { queue = "orders.account-opened", reason = NoReason }),
            ["ArchiveFailedMessages"] = Is("failed-messages/archive", new { queue = "orders.account-opened", reason = NoReason }),
            ["FetchBackArchivedMessages"] =
                Is("archived-messages/fetch-back", new { queue = "orders.account-opened", reason = NoReason }),
            ["ReadStuck"] = Is("stuck"),
            ["ResumeStuck"] = Is("stuck/resume", new
            {
                service = "orders", streamId = Guid.NewGuid(), kind = "capture-payment", reason = NoReason,
            }),
            ["ReadDue"] = Is("due"),
            ["ReadOperatorActions"] = Is("actions"),
            ["ReadTraces"] = Is("traces"),
            ["ReadTrace"] = Is($"traces/{Trace}"),
        };

    public static async Task<OperatorsDoor> StartAsync(PostgresServer postgres)
    {
        var behind = new Dictionary<string, TestService>(StringComparer.Ordinal);
        foreach (var (definition, _) in Modules.Services)
            behind.Add(definition.Name, await TestService.StartAsync(definition, postgres));
        await behind["accounts"].AppointAllAsync();
        var operations = await TestService.StartAsync(
            OperationsModule.Define(), postgres, database: behind["orders"].Database, configure: builder =>
            {
                builder.Configuration["Traces:Folder"] = WriteTrace();
                foreach (var (name, service) in behind)
                    builder.Configuration[$"Services:Addresses:{name}:0"] = service.Client.BaseAddress!.ToString();
            });
        return new(behind, operations);
    }

    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        foreach (var service in services.Values) await service.DisposeAsync();
    }

    private static string WriteTrace()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "orders.jsonl"), JsonSerializer.Serialize(new
        {
            traceId = Trace, spanId = "1", parentId = "0", service = "orders", name = "POST", kind = "Server",
            start = DateTimeOffset.UtcNow, milliseconds = 1, status = "Unset", tags = new { },
        }));
        return Folder;
    }

    private static Func<TestService, Guid, Task<Call>> Is(string path, object? body = null) =>
        (_, _) => Task.FromResult(new Call($"/api/operations/{path}", body));
}
