using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Model;

namespace EPerfect.Gateway;

/// <summary>Which instances are ready and say of themselves that something behind them does not keep up. They are sent requests
/// like the others.</summary>
internal sealed class DegradedInstances
{
    private readonly ConditionalWeakTable<DestinationState, StrongBox<bool>> known = [];

    public void Note(DestinationState instance, bool degraded) => known.GetOrCreateValue(instance).Value = degraded;

    public bool Has(DestinationState instance) => known.TryGetValue(instance, out var degraded) && degraded.Value;
}
