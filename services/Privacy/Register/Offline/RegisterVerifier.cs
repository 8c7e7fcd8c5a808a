using System.Text;
using EPerfect.Privacy.Register.Checkpoints;
using EPerfect.Privacy.Register.Merkle;

namespace EPerfect.Privacy.Register.Offline;

/// <summary>What is wrong, and with which entry, if it is one entry's fault.</summary>
internal sealed record Fault(string What, long? Index = null, Guid? OpeningId = null)
{
    public override string ToString() => this switch
    {
        { Index: null } => What,
        { OpeningId: null } => $"entry {Index}: {What}",
        _ => $"entry {Index}, opening {OpeningId}: {What}",
    };
}

/// <summary>
/// Checks a register with nothing but the file and the published keys: each entry against its hash, the tree of all of them
/// against every signed checkpoint. Since every checkpoint is checked against one and the same sequence, they are
/// consistent with each other.
/// </summary>
internal sealed class RegisterVerifier(CheckpointKeys keys)
{
    private readonly MerkleTree tree = new(0, []);
    private readonly List<Checkpoint> awaited = [];

    public Checkpoint? Newest { get; private set; }

    public long Entries => tree.Size;

    public int Checkpoints { get; private set; }

    /// <summary>Checkpoints that somebody kept: what they signed for must be in the file too, as it was.</summary>
    public async Task<Fault?> ExpectAsync(IEnumerable<string> kept)
    {
        foreach (var signed in kept)
        {
            if (await keys.ReadAsync(signed) is not { } checkpoint)
                return new Fault("a kept checkpoint is not signed by these keys");
            awaited.Add(checkpoint);
        }

        return null;
    }

    /// <returns>The first fault; null if there is none.</returns>
    public async Task<Fault?> CheckAsync(Stream file)
    {
        using var lines = RegisterFile.Lines(file).GetEnumerator();
        if (!lines.MoveNext() || lines.Current != RegisterFile.Header + "\n")
            return new Fault("the file does not begin as a register does");
        var fault = Kept();
        while (fault is null && lines.MoveNext()) fault = await CheckAsync(lines.Current);
        if (fault is not null) return fault;
        if (Newest is null) return new Fault("there is no checkpoint: nothing says that this is the register");
        return awaited.Find(kept => kept.Size > tree.Size) is { } missed ? Missing(missed) : null;
    }

    private async Task<Fault?> CheckAsync(string line)
    {
        var text = line.EndsWith('\n') && Ascii.IsValid(line) ? line[..^1] : "";
        if (RegisterFile.ReadEntry(text) is { } entry) return Check(entry);
        if (RegisterFile.ReadCheckpoint(text) is { } signed) return await CheckCheckpointAsync(signed);
        return RegisterFile.IsCheckpoint(line)
            ? new Fault($"the checkpoint behind {tree.Size} entries is damaged")
            : new Fault("the line is damaged", tree.Size, RegisterFile.OpeningOf(line));
    }

    private Fault? Check(EntryLine entry)
    {
        var hash = MerkleHash.Leaf(Encoding.UTF8.GetBytes(entry.Leaf));
        if (Hex.Of(hash) != entry.Hash) return new Fault("it does not match its hash", tree.Size, entry.OpeningId);
        // What matches its hash says itself what it is.
        var opening = Leaf.Parse(entry.Leaf)?.OpeningId;
        if (opening != entry.OpeningId || entry.Index != tree.Size)
            return new Fault("it is not in its place", tree.Size, opening);
        tree.Append(hash);
        return Kept();
    }

    private async Task<Fault?> CheckCheckpointAsync(string signed)
    {
        if (await keys.ReadAsync(signed) is not { } checkpoint)
            return new Fault($"the checkpoint behind {tree.Size} entries is not signed by these keys");
        if (checkpoint.Size > tree.Size) return Missing(checkpoint);
        if (checkpoint.Size < tree.Size || checkpoint.At < Newest?.At)
            return new Fault($"the checkpoint behind {tree.Size} entries is not in its place");
        if (Against(checkpoint) is { } fault) return fault;
        (Newest, Checkpoints) = (checkpoint, Checkpoints + 1);
        return null;
    }

    private Fault? Kept() => awaited.Where(kept => kept.Size == tree.Size).Select(Against).FirstOrDefault(f => f is not null);

    private Fault? Against(Checkpoint checkpoint) => checkpoint.Root == Hex.Of(tree.Root)
        ? null
        : new Fault(
            $"of the entries {Newest?.Size ?? 0} to {tree.Size - 1} at least one is not what was signed at {checkpoint.At:O}");

    private Fault Missing(Checkpoint checkpoint) =>
        new($"it is missing: {checkpoint.Size} entries were signed for at {checkpoint.At:O}", tree.Size);
}
