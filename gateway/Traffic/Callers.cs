using System.Net;
using System.Net.Sockets;

namespace EPerfect.Gateway;

/// <summary>Whom a request is counted for.</summary>
internal static class Callers
{
    /// <summary>The address; of IPv6 the network of 64 bits, since whoever has one address there has them all.</summary>
    public static string Address(IPAddress? address)
    {
        if (address is null) return "local";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return Convert.ToHexString(bytes[..8]);
    }

    /// <summary>The person or the program whose token it is; null without a token.</summary>
    public static string? Client(HttpContext context) => context.User.FindFirst("sub")?.Value;
}
