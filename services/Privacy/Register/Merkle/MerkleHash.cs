using System.Security.Cryptography;

namespace EPerfect.Privacy.Register.Merkle;

/// <summary>The hashes of a Merkle tree (RFC 9162, section 2.1.1). Leaves and nodes begin apart, so that neither passes for
/// the other.</summary>
internal static class MerkleHash
{
    /// <summary>Of the tree that has no leaf.</summary>
    public static readonly byte[] Empty = SHA256.HashData([]);

    public static byte[] Leaf(ReadOnlySpan<byte> record) => SHA256.HashData([0x00, .. record]);

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        SHA256.HashData([0x01, .. left, .. right]);
}
