using System.Net;
using System.Net.Sockets;

namespace EPerfect.Gateway;

/// <summary>Whom a request is counted for.</summary>
internal static class Callers
{
    /// <summary>The address; of IPv6 the network of 64 bits, since whoever has one address there has them all.</summary>
    public static string Address(IPAddress? address) =>
        address is null ? "local" : IsIPv6(address) ? Prefix(address, 8) : Plain(address).ToString();

    /// <summary>The site that an IPv6 address is of: 48 bits are what one customer gets. Null for IPv4.</summary>
    public static string? Site(IPAddress? address) => address is not null && IsIPv6(address) ? Prefix(address, 6) : null;

    /// <summary>With whom strangers share a window when there is room for no more: /16 of IPv4, /32 of IPv6.</summary>
    public static string Crowd(IPAddress? address) =>
        address is null ? "local" : IsIPv6(address) ? Prefix(address, 4) : Prefix(Plain(address), 2);

    /// <summary>The person or the program whose token it is; null without a token.</summary>
    public static string? Client(HttpContext context) => context.User.FindFirst("sub")?.Value;

    private static bool IsIPv6(IPAddress address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false };

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static string Prefix(IPAddress address, int length) =>
        $"{Convert.ToHexString(address.GetAddressBytes(), 0, length)}/{length * 8}";
}
