using System.Security.Cryptography;
using System.Text;

namespace EPerfect.ServiceDefaults;

/// <summary>Ids that come out the same each time, so that a repeat is recognised.</summary>
public static class DeterministicId
{
    /// <summary>A name-based UUID (RFC 9562, version 5).</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The name within it.</param>
    public static Guid From(Guid space, string name)
    {
        Span<byte> hash = stackalloc byte[20];
        // SHA-1 is what version 5 prescribes; nothing here rests on its strength.
#pragma warning disable CA5350
        SHA1.HashData([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
