using System.Net;
using System.Net.Sockets;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Webhooks.Posting;

/// <summary>The host's name leads to where nothing is posted.</summary>
internal sealed class AddressNotPublicException() : Exception("The host's address is not a public one.");

/// <summary>
/// Where may be posted to. Judged when the partner says where, and at each connection, which is made to the very address
/// that was judged: a name may lead elsewhere by then.
/// </summary>
internal sealed class WebhookTargets(IHostNames names, WebhookOptions options)
{
    private const int LongestUrl = 2000;

    public async Task<Refusal?> WhyNotAsync(string url, CancellationToken cancellationToken)
    {
        if (url.Length > LongestUrl
            || url.Any(c => c is <= ' ' or '\\' or > '~')
            || !Uri.TryCreate(url, UriKind.Absolute, out var target)
            || target.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)
            || target.UserInfo.Length > 0
            || url.Contains('#', StringComparison.Ordinal))
        {
            return WebhookRefusals.UrlInvalid;
        }

        try
        {
            var addresses = await names.ResolveAsync(target.IdnHost, cancellationToken);
            var isHere = options.AllowLoopback && addresses.All(IPAddress.IsLoopback);
            return target.Scheme != Uri.UriSchemeHttps && !(isHere && target.Scheme == Uri.UriSchemeHttp)
                    ? WebhookRefusals.NotHttps
                : !isHere && target.Port is not (443 or 8443) ? WebhookRefusals.UrlInvalid
                : addresses.Length == 0 ? WebhookRefusals.Unresolved
                : !addresses.All(MayReach) ? WebhookRefusals.NotPublic
                : null;
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return WebhookRefusals.Unresolved;
        }
    }

    /// <summary>Connects to where the name leads now, if each of its addresses may be reached.</summary>
    /// <exception cref="AddressNotPublicException">One may not.</exception>
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var to = context.DnsEndPoint;
        var addresses = await names.ResolveAsync(to.Host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(MayReach)) throw new AddressNotPublicException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool MayReach(IPAddress address) =>
        PublicAddresses.Contains(address) || (options.AllowLoopback && IPAddress.IsLoopback(address));
}
