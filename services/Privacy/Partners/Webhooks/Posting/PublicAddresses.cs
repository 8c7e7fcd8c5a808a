using System.Net;
using System.Net.Sockets;

namespace EPerfect.Privacy.Partners.Webhooks.Posting;

/// <summary>Addresses of the Internet at large. Everything else may be a machine that trusts ours (server-side request
/// forgery), or its cloud's metadata.</summary>
internal static class PublicAddresses
{
    /// <summary>IANA's special-purpose registry, multicast, what is reserved, and the platform address of a large
    /// cloud.</summary>
    private static readonly IPNetwork[] ReservedV4 = Parse(
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        + "192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 "
        + "203.0.113.0/24 224.0.0.0/4 240.0.0.0/4");

    /// <summary>All that is assigned for use on the Internet (RFC 4291): loopback, link-local, unique local, multicast and
    /// NAT64 lie outside.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Inside of that: protocol assignments with Teredo, documentation, 6to4.</summary>
    private static readonly IPNetwork[] ReservedV6 = Parse("2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20");

    public static bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(ReservedV4, network => network.Contains(plain))
            : GlobalUnicast.Contains(plain) && !Array.Exists(ReservedV6, network => network.Contains(plain));
    }

    private static IPNetwork[] Parse(string networks) => [.. networks.Split(' ').Select(one => IPNetwork.Parse(one))];
}
