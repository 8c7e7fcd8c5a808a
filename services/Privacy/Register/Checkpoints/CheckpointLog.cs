using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Checkpoints;

/// <summary>The first opening was recorded; the first checkpoint is due.</summary>
internal sealed record RegisterBegun(DateTimeOffset BegunAt);

/// <summary>What the register was at a time, signed: how many entries, and the root over all of them.</summary>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The root of the Merkle tree, in hexadecimal.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Signed">The <see cref="Checkpoint"/> as compact JWS.</param>
internal sealed record CheckpointSigned(long Size, string Root, DateTimeOffset SignedAt, string Signed);

/// <summary>The checkpoints, of which each holds all that those before it held.</summary>
internal sealed record CheckpointLog(Guid Id, CheckpointSigned? Last) : IOwned
{
    public static readonly Guid StreamId = OwnStreams.Checkpoints;

    Guid? IOwned.AccountId => null;

    public static CheckpointLog Create(RegisterBegun _) => new(StreamId, Last: null);

    public CheckpointLog Apply(CheckpointSigned e) => this with { Last = e };
}
