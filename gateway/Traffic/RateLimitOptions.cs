using System.Net;

namespace EPerfect.Gateway;

/// <summary>Section RateLimits: the quota of each class of requests.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>All requests of an address, whoever makes them.</summary>
    public const string Address = "address";

    /// <summary>All requests under tokens of one person or one program.</summary>
    public const string Client = "client";

    /// <summary>The quotas by class: address, client, and those that routes name.</summary>
    public Dictionary<string, Quota> Classes { get; init; } = new(StringComparer.Ordinal);

    /// <summary>How many callers are told apart.</summary>
    public int MostCallers { get; init; } = 100_000;

    /// <summary>Networks that are not counted: our own frontends, which count their visitors themselves.</summary>
    public List<string> Unlimited { get; init; } = [];

    /// <summary>The same, parsed.</summary>
    public IReadOnlyList<IPNetwork> UnlimitedNetworks => [.. Unlimited.Select(network => IPNetwork.Parse(network))];
}
