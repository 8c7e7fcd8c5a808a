using System.Text;
using System.Text.Json;
using EPerfect.Privacy.Register.Merkle;
using EPerfect.Privacy.Register.Reading;

namespace EPerfect.Privacy.Register.Offline;

/// <summary>Checks one proof that somebody kept, with nothing but the published keys.</summary>
internal static class ProofVerifier
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static async Task<Fault?> CheckAsync(string proof, CheckpointKeys keys)
    {
        if (Parse(proof) is not { } read) return new Fault("this is not a proof");
        Fault Wrong(string what) => new(what, read.Index, read.OpeningId);
        if (await keys.ReadAsync(read.Checkpoint) is not { } checkpoint)
            return Wrong("its checkpoint is not signed by these keys");
        if ((checkpoint.Size, checkpoint.Root) != (read.Size, read.Root)) return Wrong("its checkpoint signs something else");
        if (Hex.TryRead(read.LeafHash) is not { } hash || Hex.TryRead(read.Root) is not { } root)
            return Wrong("its hashes are damaged");
        var path = read.Path.Select(Hex.TryRead).OfType<byte[]>().ToList();
        if (path.Count != read.Path.Count || !MerkleCheck.IsIncluded(hash, read.Index, read.Size, path, root))
            return Wrong("its path does not lead to the signed root");
        if (read.Leaf is { } leaf && !(Matches(leaf, hash) && Leaf.Parse(leaf)?.OpeningId == read.OpeningId))
            return Wrong("the entry does not match its hash");
        return null;
    }

    private static bool Matches(string leaf, byte[] hash) =>
        MerkleHash.Leaf(Encoding.UTF8.GetBytes(leaf)).AsSpan().SequenceEqual(hash);

    private static InclusionProof? Parse(string proof)
    {
        try
        {
            return JsonSerializer.Deserialize<InclusionProof>(proof, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
