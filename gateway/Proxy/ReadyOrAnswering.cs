using System.Runtime.CompilerServices;
using EPerfect.ServiceDefaults;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace EPerfect.Gateway;

/// <summary>
/// What a probe of an instance says: healthy when it is ready, unknown when it answers but is not ready (its database
/// is away, it stops), unhealthy when it has been silent twice in a row. Once may be a busy moment.
/// </summary>
internal sealed class ReadyOrAnswering(IDestinationHealthUpdater updater, DegradedInstances degraded)
    : IActiveHealthCheckPolicy
{
    private const int MostSilences = 2;

    private readonly ConditionalWeakTable<DestinationState, StrongBox<int>> silences = [];

    public string Name => nameof(ReadyOrAnswering);

    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults) =>
        updater.SetActive(
            cluster,
            [.. probingResults.Select(result => new NewActiveDestinationHealth(result.Destination, HealthOf(result)))]);

    private DestinationHealth HealthOf(DestinationProbingResult result)
    {
        var silent = silences.GetOrCreateValue(result.Destination);
        if (result.Response is not { } answer)
            return ++silent.Value < MostSilences ? result.Destination.Health.Active : DestinationHealth.Unhealthy;
        silent.Value = 0;
        degraded.Note(
            result.Destination, answer.Headers.TryGetValues(HealthHeader.Name, out var said) && said.Contains("Degraded"));
        return answer.IsSuccessStatusCode ? DestinationHealth.Healthy : DestinationHealth.Unknown;
    }
}
