namespace EPerfect.Privacy.Register.Merkle;

/// <summary>The right edge of a tree: all that is needed to let it grow and to know its root.</summary>
/// <param name="size">How many leaves it has.</param>
/// <param name="edge">The hashes of <c>new LeafRange(0, size).Subtrees()</c>.</param>
internal sealed class MerkleTree(long size, IEnumerable<byte[]> edge)
{
    private readonly List<byte[]> hashes = [.. edge];

    public long Size { get; private set; } = size;

    public byte[] Root => hashes.Count == 0
        ? MerkleHash.Empty
        : hashes.AsEnumerable().Reverse().Aggregate((right, left) => MerkleHash.Node(left, right));

    /// <summary>Adds a leaf.</summary>
    /// <returns>The subtrees that it completes; the first is the leaf.</returns>
    public IReadOnlyList<(Subtree Place, byte[] Hash)> Append(byte[] leafHash)
    {
        var (level, hash) = (0, leafHash);
        var completed = new List<(Subtree, byte[])> { (new Subtree(0, Size), hash) };
        for (; (Size >> level & 1) == 1; level++)
        {
            hash = MerkleHash.Node(hashes[^1], hash);
            hashes.RemoveAt(hashes.Count - 1);
            completed.Add((new Subtree(level + 1, Size >> (level + 1)), hash));
        }

        hashes.Add(hash);
        Size++;
        return completed;
    }
}
