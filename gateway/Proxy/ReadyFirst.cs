using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace EPerfect.Gateway;

/// <summary>
/// Requests go to instances that are ready; where none is, to those that answer at all: when the publisher is stuck no
/// instance is ready, yet each of them still takes orders. Who is silent gets none.
/// </summary>
internal sealed class ReadyFirst : IAvailableDestinationsPolicy
{
    public string Name => nameof(ReadyFirst);

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(
        ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        var answering = allDestinations.Where(Answers).ToList();
        var ready = answering.FindAll(destination => destination.Health.Active == DestinationHealth.Healthy);
        return ready.Count > 0 ? ready : answering;
    }

    private static bool Answers(DestinationState destination) => destination.Health is
    { Active: not DestinationHealth.Unhealthy, Passive: not DestinationHealth.Unhealthy };
}
