using CsCheck;
using EPerfect.Privacy.Register;
using EPerfect.Privacy.Register.Merkle;

namespace EPerfect.Privacy.Tests.Rules;

/// <summary>The tree of RFC 9162, section 2.1: its published vectors, and what holds for every tree.</summary>
public sealed class MerkleTrees
{
    /// <summary>The eight leaves that implementations of Certificate Transparency test with.</summary>
    private static readonly byte[][] Known =
    [
        .. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }
            .Select(Convert.FromHexString),
    ];

    private static readonly Gen<(int Size, int Index)> Place =
        from size in Gen.Int[1, 70] from index in Gen.Int[0, size - 1] select (size, index);

    private static readonly Gen<(int First, int Second)> Growth =
        from second in Gen.Int[1, 70] from first in Gen.Int[1, second] select (first, second);

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Known_leaves_have_the_known_roots(int size, string root)
    {
        var (tree, nodes) = Grown(Known.Take(size));

        Hex.Of(tree.Root).ShouldBe(root);
        Hex.Of(new LeafRange(0, size).Hash(nodes)).ShouldBe(root);
    }

    [Theory]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void Known_leaves_have_the_known_inclusion_proofs(int index, int size, params string[] path) =>
        Hashes(Known, MerkleProofs.Inclusion(index, size)).Select(Hex.Of).ShouldBe(path);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void Known_leaves_have_the_known_consistency_proofs(int first, int second, params string[] path) =>
        Hashes(Known, MerkleProofs.Consistency(first, second)).Select(Hex.Of).ShouldBe(path);

    [Fact]
    public void Every_leaf_is_proven_to_be_in_every_tree_that_holds_it() => Place.Sample(place =>
    {
        var leaves = Leaves(place.Size);
        var path = Hashes(leaves, MerkleProofs.Inclusion(place.Index, place.Size));

        MerkleCheck.IsIncluded(MerkleHash.Leaf(leaves[place.Index]), place.Index, place.Size, path, RootOf(leaves))
            .ShouldBeTrue();
        path.Length.ShouldBeLessThanOrEqualTo(7, "a proof grows with the logarithm");
    });

    [Fact]
    public void No_flipped_byte_and_no_other_place_passes_as_included() =>
        Gen.Select(Place, Gen.Int[0, 10_000]).Sample((place, at) =>
        {
            var leaves = Leaves(place.Size);
            var (leaf, root) = (MerkleHash.Leaf(leaves[place.Index]), RootOf(leaves));
            var path = Hashes(leaves, MerkleProofs.Inclusion(place.Index, place.Size));

            foreach (var flipped in Flips([leaf, root, .. path], at))
            {
                MerkleCheck.IsIncluded(flipped[0], place.Index, place.Size, [.. flipped.Skip(2)], flipped[1])
                    .ShouldBeFalse();
            }

            for (var other = -1; other <= place.Size; other++)
            {
                if (other != place.Index) MerkleCheck.IsIncluded(leaf, other, place.Size, path, root).ShouldBeFalse();
            }
        });

    [Fact]
    public void Every_tree_is_proven_to_have_grown_from_every_smaller_one() => Growth.Sample(growth =>
    {
        var leaves = Leaves(growth.Second);
        var path = Hashes(leaves, MerkleProofs.Consistency(growth.First, growth.Second));

        MerkleCheck.IsConsistent(
            growth.First, growth.Second, path, RootOf(leaves[..growth.First]), RootOf(leaves)).ShouldBeTrue();
    });

    [Fact]
    public void No_flipped_byte_and_no_rewritten_past_passes_as_consistent() =>
        Gen.Select(Growth, Gen.Int[0, 10_000]).Sample((growth, at) =>
        {
            var leaves = Leaves(growth.Second);
            var (first, second) = (RootOf(leaves[..growth.First]), RootOf(leaves));
            var path = Hashes(leaves, MerkleProofs.Consistency(growth.First, growth.Second));

            foreach (var flipped in Flips([first, second, .. path], at))
            {
                MerkleCheck.IsConsistent(growth.First, growth.Second, [.. flipped.Skip(2)], flipped[0], flipped[1])
                    .ShouldBeFalse();
            }

            var rewritten = leaves.ToArray();
            rewritten[at % growth.First] = [0xFF];
            MerkleCheck.IsConsistent(
                growth.First,
                growth.Second,
                Hashes(rewritten, MerkleProofs.Consistency(growth.First, growth.Second)),
                first,
                RootOf(rewritten)).ShouldBeFalse();
        });

    [Fact]
    public void A_tree_that_grew_from_its_edge_is_the_tree() => Gen.Int[0, 70].Sample(size =>
    {
        var (_, nodes) = Grown(Leaves(size));
        var tree = new MerkleTree(size, new LeafRange(0, size).Subtrees().Select(subtree => nodes[subtree]));

        tree.Append(MerkleHash.Leaf([7]));

        tree.Root.ShouldBe(RootOf([.. Leaves(size), [7]]));
    });

    private static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => BitConverter.GetBytes(i))];

    private static byte[] RootOf(byte[][] leaves) => Grown(leaves).Tree.Root;

    private static byte[][] Hashes(byte[][] leaves, IReadOnlyList<LeafRange> ranges)
    {
        var (_, nodes) = Grown(leaves);
        return [.. ranges.Select(range => range.Hash(nodes))];
    }

    private static (MerkleTree Tree, Dictionary<Subtree, byte[]> Nodes) Grown(IEnumerable<byte[]> leaves)
    {
        var tree = new MerkleTree(0, []);
        var nodes = leaves.SelectMany(leaf => tree.Append(MerkleHash.Leaf(leaf)))
            .ToDictionary(node => node.Place, node => node.Hash);
        return (tree, nodes);
    }

    /// <summary>The hashes with one byte changed, once in each of them.</summary>
    private static IEnumerable<byte[][]> Flips(byte[][] hashes, int at)
    {
        for (var i = 0; i < hashes.Length; i++)
        {
            var flipped = hashes.Select(hash => hash.ToArray()).ToArray();
            flipped[i][at % 32] ^= (byte)(1 << (at % 8));
            yield return flipped;
        }
    }
}
