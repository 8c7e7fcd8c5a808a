using System.Numerics;

namespace EPerfect.Privacy.Register.Merkle;

/// <summary>A complete subtree: the leaves from <c>Index * 2^Level</c> on, <c>2^Level</c> of them. Its hash never
/// changes.</summary>
internal sealed record Subtree(int Level, long Index);

/// <summary>Leaves that make one node of a tree: <c>D[From:To]</c> of RFC 9162. At the right edge it may not be
/// complete.</summary>
internal sealed record LeafRange(long From, long To)
{
    private long Count => To - From;

    /// <summary>Where its left half ends: the largest power of two below its number of leaves.</summary>
    public long Middle => From + (1L << BitOperations.Log2((ulong)Count - 1));

    /// <summary>The complete subtrees it consists of, from left to right, each smaller than the one before.</summary>
    public IEnumerable<Subtree> Subtrees()
    {
        for (var from = From; from < To;)
        {
            var level = BitOperations.Log2((ulong)(To - from));
            yield return new Subtree(level, from >> level);
            from += 1L << level;
        }
    }

    public byte[] Hash(IReadOnlyDictionary<Subtree, byte[]> known) => Count == 0
        ? MerkleHash.Empty
        : Subtrees().Select(subtree => known[subtree]).Reverse().Aggregate((right, left) => MerkleHash.Node(left, right));
}
