namespace EPerfect.Privacy.Register.Merkle;

/// <summary>Which hashes prove something (RFC 9162, sections 2.1.3.1 and 2.1.4.1), from the leaves upwards.</summary>
internal static class MerkleProofs
{
    /// <summary>That a leaf is in the tree of that size.</summary>
    public static IReadOnlyList<LeafRange> Inclusion(long index, long size)
    {
        var path = new List<LeafRange>();
        for (var tree = new LeafRange(0, size); tree.To - tree.From > 1;)
        {
            var (left, right) = (new LeafRange(tree.From, tree.Middle), new LeafRange(tree.Middle, tree.To));
            path.Add(index < tree.Middle ? right : left);
            tree = index < tree.Middle ? left : right;
        }

        path.Reverse();
        return path;
    }

    /// <summary>That the tree of the second size only grew from that of the first: nothing was taken out or
    /// changed.</summary>
    public static IReadOnlyList<LeafRange> Consistency(long first, long second)
    {
        if (first == 0 || first == second) return [];
        var path = new List<LeafRange>();
        var tree = new LeafRange(0, second);
        while (tree.To != first)
        {
            var (left, right) = (new LeafRange(tree.From, tree.Middle), new LeafRange(tree.Middle, tree.To));
            path.Add(first <= tree.Middle ? right : left);
            tree = first <= tree.Middle ? left : right;
        }

        // What begins at the first leaf is the old tree itself, whose root is known.
        if (tree.From != 0) path.Add(tree);
        path.Reverse();
        return path;
    }
}
