using EPerfect.Privacy.Register.Merkle;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Reading;

/// <summary>Proves that an entry is in the register (RFC 9162, section 2.1.3), to whoever has the published keys.</summary>
/// <param name="OpeningId">The opening.</param>
/// <param name="Index">Its place.</param>
/// <param name="Size">How many entries the tree has.</param>
/// <param name="LeafHash">The entry's hash.</param>
/// <param name="Path">The hashes beside its way to the root.</param>
/// <param name="Root">The tree's root.</param>
/// <param name="Checkpoint">The signature over size and root.</param>
/// <param name="Leaf">The entry itself, for the person whose data was opened.</param>
internal sealed record InclusionProof(
    Guid OpeningId,
    long Index,
    long Size,
    string LeafHash,
    IReadOnlyList<string> Path,
    string Root,
    string Checkpoint,
    string? Leaf = null)
{
    internal static readonly Refusal Pending = new(
        409, "checkpoint-pending", "The entry is newer than the last checkpoint. The next one, within the hour, proves it.");

    public static async Task<InclusionProof> OfAsync(
        RegisterLog register, Guid openingId, Entry entry, CheckpointRow newest, CancellationToken cancellationToken)
    {
        var path = await register.HashesAsync(MerkleProofs.Inclusion(entry.Index, newest.Size), cancellationToken);
        return new InclusionProof(
            openingId, entry.Index, newest.Size, entry.Hash, [.. path.Select(Hex.Of)], newest.Root, newest.Signed);
    }
}
