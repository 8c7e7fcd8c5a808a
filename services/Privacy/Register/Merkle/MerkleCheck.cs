using System.Numerics;

namespace EPerfect.Privacy.Register.Merkle;

/// <summary>Checks proofs with nothing but what they hold (RFC 9162, sections 2.1.3.2 and 2.1.4.2).</summary>
internal static class MerkleCheck
{
    public static bool IsIncluded(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path, byte[] root)
    {
        if (index < 0 || index >= size) return false;
        var (node, last, hash) = (index, size - 1, leafHash);
        foreach (var sibling in path)
        {
            if (last == 0) return false;
            var isRight = IsRight(node, last);
            hash = isRight ? MerkleHash.Node(sibling, hash) : MerkleHash.Node(hash, sibling);
            (node, last) = Up(node, last, isRight);
        }

        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    public static bool IsConsistent(long first, long second, IReadOnlyList<byte[]> path, byte[] firstRoot, byte[] secondRoot)
    {
        if (first < 0 || first > second) return false;
        if (first == 0) return path.Count == 0 && firstRoot.AsSpan().SequenceEqual(MerkleHash.Empty);
        if (first == second) return path.Count == 0 && firstRoot.AsSpan().SequenceEqual(secondRoot);
        IReadOnlyList<byte[]> hashes = BitOperations.IsPow2(first) ? [firstRoot, .. path] : path;
        if (hashes.Count == 0) return false;
        var (node, last) = (first - 1, second - 1);
        while ((node & 1) == 1) (node, last) = (node >> 1, last >> 1);
        var (old, young) = (hashes[0], hashes[0]);
        foreach (var sibling in hashes.Skip(1))
        {
            if (last == 0) return false;
            var isRight = IsRight(node, last);
            if (isRight) old = MerkleHash.Node(sibling, old);
            young = isRight ? MerkleHash.Node(sibling, young) : MerkleHash.Node(young, sibling);
            (node, last) = Up(node, last, isRight);
        }

        return last == 0 && old.AsSpan().SequenceEqual(firstRoot) && young.AsSpan().SequenceEqual(secondRoot);
    }

    private static bool IsRight(long node, long last) => (node & 1) == 1 || node == last;

    /// <summary>To the next level that has a sibling: a last node without one is carried up as it is.</summary>
    private static (long Node, long Last) Up(long node, long last, bool isRight)
    {
        while (isRight && (node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
        return (node >> 1, last >> 1);
    }
}
