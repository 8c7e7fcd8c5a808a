using EPerfect.Privacy.Register.Merkle;
using EPerfect.Privacy.Signing;

namespace EPerfect.Privacy.Register.Checkpoints;

/// <summary>Two checkpoints would contradict each other: an entry that was signed for is not what it was.</summary>
internal sealed class RegisterContradictedException(long size)
    : Exception($"The register is not what was signed when it held {size} entries. Nothing more is signed.");

/// <summary>Makes the next checkpoint, of what the register is now. Signs nothing that does not hold all that was signed
/// before.</summary>
internal sealed class CheckpointMaker(RegisterLog register, Signer signer, TimeProvider time)
{
    /// <returns>Null while the register is behind what was signed: it is being rebuilt.</returns>
    public async Task<CheckpointSigned?> NextAsync(CheckpointSigned? last, CancellationToken cancellationToken)
    {
        var tree = await register.TreeAsync(cancellationToken);
        if (tree.Size < last?.Size) return null;
        if (last is not null && !await HoldsAsync(last, tree, cancellationToken))
            throw new RegisterContradictedException(last.Size);
        var next = new Checkpoint(Checkpoint.Log, tree.Size, Hex.Of(tree.Root), time.GetUtcNow());
        var signed = await signer.SignAsync(next.Json(), Checkpoint.Type, cancellationToken);
        return new CheckpointSigned(next.Size, next.Root, next.At, signed);
    }

    private async Task<bool> HoldsAsync(CheckpointSigned last, MerkleTree tree, CancellationToken cancellationToken)
    {
        var path = await register.HashesAsync(MerkleProofs.Consistency(last.Size, tree.Size), cancellationToken);
        return Hex.TryRead(last.Root) is { } root
            && MerkleCheck.IsConsistent(last.Size, tree.Size, path, root, tree.Root);
    }
}
