using System.Net;

namespace EPerfect.Privacy.Partners.Webhooks.Posting;

/// <summary>Where a host is, now.</summary>
internal interface IHostNames
{
    /// <exception cref="System.Net.Sockets.SocketException">Nobody knows.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>As this machine knows.</summary>
internal sealed class HostNames : IHostNames
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
