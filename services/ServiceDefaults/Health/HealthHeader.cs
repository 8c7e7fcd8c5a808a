namespace EPerfect.ServiceDefaults;

/// <summary>How a service is, in a word, for who probes it and does not read the answer: <c>Healthy</c>, <c>Degraded</c> (it
/// serves, but something behind it does not keep up), <c>Unhealthy</c>.</summary>
public static class HealthHeader
{
    /// <summary>The name of the header.</summary>
    public const string Name = "Health-Status";
}
