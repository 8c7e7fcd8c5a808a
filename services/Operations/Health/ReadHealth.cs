using EPerfect.Operations.Asking;

namespace EPerfect.Operations.Health;

/// <param name="Status"><c>Healthy</c>, <c>Degraded</c>: it serves, but something behind it does not keep up;
/// <c>Unhealthy</c>.</param>
/// <param name="Description">Why.</param>
/// <param name="Data">How much of what.</param>
internal sealed record CheckView(string Status, string? Description, IReadOnlyDictionary<string, object>? Data);

internal sealed record ReportView(string Status, IReadOnlyDictionary<string, CheckView> Checks);

/// <param name="Instance">Such as <c>orders-2</c>.</param>
/// <param name="Service">Which service it is one of.</param>
/// <param name="Status">As its worst check; <c>NoAnswer</c> if it does not answer.</param>
/// <param name="Checks">What it looks at.</param>
internal sealed record InstanceHealth(
    string Instance, string Service, string Status, IReadOnlyDictionary<string, CheckView> Checks);

/// <param name="Status">As the worst instance.</param>
/// <param name="Instances">All there are.</param>
internal sealed record HealthView(string Status, IReadOnlyList<InstanceHealth> Instances);

/// <summary>How every instance is, by its own account.</summary>
internal static class ReadHealth
{
    /// <summary>From good to bad.</summary>
    private static readonly string[] Scale = ["Healthy", "Degraded", "Unhealthy", "NoAnswer"];

    public static void Map(RouteGroupBuilder operations) => operations
        .MapGet("/health", async (AskServices services, CancellationToken ct) => Results.Ok(await GatherAsync(services, ct)))
        .WithName("ReadHealth")
        .WithSummary("How every instance of every service is, and why it is degraded")
        .Produces<HealthView>();

    public static async Task<HealthView> GatherAsync(AskServices services, CancellationToken ct)
    {
        var said = await services.GetFromInstancesAsync<ReportView>("/health/ready", ct);
        var instances = said.Select(one => new InstanceHealth(
            one.Instance,
            one.Said.Service,
            one.Said.Answer?.Status ?? "NoAnswer",
            one.Said.Answer?.Checks ?? new Dictionary<string, CheckView>(StringComparer.Ordinal))).ToList();
        return new(Scale[instances.Max(one => Math.Max(0, Array.IndexOf(Scale, one.Status)))], instances);
    }
}
