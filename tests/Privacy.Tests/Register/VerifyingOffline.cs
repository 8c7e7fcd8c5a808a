using System.Text;
using CsCheck;
using EPerfect.Privacy.Register;
using EPerfect.Privacy.Register.Checkpoints;
using EPerfect.Privacy.Register.Merkle;
using EPerfect.Privacy.Register.Offline;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Register;

/// <summary>A register of twelve entries and four checkpoints, as an auditor holds it, and what the auditor finds when
/// somebody meddled.</summary>
public sealed class ExportedRegister(PostgresServer postgres) : IAsyncLifetime
{
    public byte[] File { get; private set; } = [];

    public string KeySet { get; private set; } = "";

    public string OtherCheckpoint { get; private set; } = "";

    internal CheckpointKeys Keys => new(KeySet);

    public string[] Lines => Encoding.UTF8.GetString(File).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask InitializeAsync()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres);
        foreach (var more in (int[])[1, 4, 5, 2])
        {
            await privacy.TellAsync(more);
            await privacy.SignAsync();
        }

        (File, KeySet) = (await privacy.ExportAsync(), await privacy.KeySetAsync());
        OtherCheckpoint = await privacy.SignedAsync(
            new Checkpoint(Checkpoint.Log, 20, new string('a', 64), DateTimeOffset.UtcNow).Json(), Checkpoint.Type);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class VerifyingOffline(ExportedRegister register) : IClassFixture<ExportedRegister>
{
    [Fact]
    public async Task The_register_as_it_was_exported_is_good()
    {
        var verifier = new RegisterVerifier(register.Keys);

        (await verifier.CheckAsync(new MemoryStream(register.File))).ShouldBeNull();

        verifier.Entries.ShouldBe(12);
        verifier.Checkpoints.ShouldBeGreaterThanOrEqualTo(4);
        verifier.Newest!.Size.ShouldBe(12);
    }

    [Fact, Control("S10", "M6")]
    public void Whichever_byte_is_changed_the_verifier_finds_it_and_names_the_entry() =>
        Gen.Select(Gen.Int[0, register.File.Length - 1], Gen.Byte[1, 255]).Sample(
            (at, change) =>
            {
                var changed = register.File.ToArray();
                changed[at] ^= change;

                var fault = CheckAsync(changed).GetAwaiter().GetResult();

                fault.ShouldNotBeNull();
                var (line, start) = LineOf(at);
                if (RegisterFile.ReadEntry(line) is not { } entry) return;
                fault.Index.ShouldBe(entry.Index, $"byte {at - start} of {line}: {fault}");
                if (fault.OpeningId is { } opening) opening.ShouldBe(entry.OpeningId);
            },
            iter: 3000);

    [Fact]
    public async Task A_changed_value_is_named_with_index_and_opening()
    {
        var line = register.Lines.First(line => line.StartsWith("{\"index\":7,", StringComparison.Ordinal));
        var entry = RegisterFile.ReadEntry(line)!;
        var forged = line.Replace("p1.logs.1.", "p1.logs.2.", StringComparison.Ordinal);

        var fault = await CheckAsync(With(line, forged));

        (fault!.Index, fault.OpeningId).ShouldBe((7, entry.OpeningId));
        fault.ToString().ShouldBe($"entry 7, opening {entry.OpeningId}: it does not match its hash");
    }

    [Fact]
    public async Task An_entry_that_was_made_anew_with_its_hash_does_not_match_what_was_signed()
    {
        var line = register.Lines.First(line => line.StartsWith("{\"index\":3,", StringComparison.Ordinal));
        var entry = RegisterFile.ReadEntry(line)!;
        var leaf = entry.Leaf.Replace("\"accounts\"", "\"domains\"", StringComparison.Ordinal);
        var forged = RegisterFile.Line(new Entry(3, Hex.Of(MerkleHash.Leaf(Encoding.UTF8.GetBytes(leaf))), leaf));

        var fault = await CheckAsync(With(line, forged));

        fault!.What.ShouldStartWith("of the entries 1 to 4 at least one is not what was signed at");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task A_tail_that_was_dropped_is_missed(int entries)
    {
        var dropped = register.Lines.Where(line => RegisterFile.ReadEntry(line) is null
            || RegisterFile.ReadEntry(line)!.Index < 12 - entries);

        var fault = await CheckAsync(Joined(dropped));

        (fault!.Index, fault.What[..13]).ShouldBe((12 - entries, "it is missing"));
    }

    [Fact]
    public async Task A_tail_that_was_dropped_with_its_checkpoints_is_missed_by_who_kept_one()
    {
        var newest = RegisterFile.ReadCheckpoint(register.Lines.Last(line => RegisterFile.ReadCheckpoint(line) is not null))!;
        var dropped = Joined(register.Lines.TakeWhile(line => RegisterFile.ReadEntry(line)?.Index != 10));
        (await CheckAsync(dropped)).ShouldBeNull("the file alone cannot say that there was more");

        var verifier = new RegisterVerifier(register.Keys);
        (await verifier.ExpectAsync([newest])).ShouldBeNull();

        (await verifier.CheckAsync(new MemoryStream(dropped)))!.Index.ShouldBe(10);
    }

    [Fact]
    public async Task A_kept_checkpoint_that_says_something_else_shows_a_second_register()
    {
        var verifier = new RegisterVerifier(register.Keys);
        await verifier.ExpectAsync([register.OtherCheckpoint]);

        (await verifier.CheckAsync(new MemoryStream(register.File)))!.ToString().ShouldContain("20 entries were signed for");
    }

    [Fact]
    public async Task Entries_that_were_swapped_taken_out_or_put_in_are_found()
    {
        var lines = register.Lines.ToList();
        var at = lines.FindIndex(line => RegisterFile.ReadEntry(line)?.Index == 6);
        List<string> swapped = [.. lines[..at], lines[at + 1], lines[at], .. lines[(at + 2)..]];
        List<string> without = [.. lines[..at], .. lines[(at + 1)..]];
        List<string> twice = [.. lines[..at], lines[at], .. lines[at..]];

        foreach (var meddled in (List<string>[])[swapped, without, twice])
            (await CheckAsync(Joined(meddled)))!.Index.ShouldBeOneOf(6, 7);
    }

    [Fact]
    public async Task What_another_key_signed_does_not_count()
    {
        // RFC 7517, A.1
        var stranger = new CheckpointKeys("""
            {"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}
            """);

        var fault = await new RegisterVerifier(stranger).CheckAsync(new MemoryStream(register.File));

        fault!.What.ShouldContain("not signed by these keys");
    }

    [Fact]
    public async Task The_command_says_good_or_names_the_entry_and_exits_with_one()
    {
        var folder = Directory.CreateTempSubdirectory("register-").FullName;
        var (good, bad, keys) = (Path.Combine(folder, "good"), Path.Combine(folder, "bad"), Path.Combine(folder, "keys"));
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllBytesAsync(good, register.File, token);
        await File.WriteAllBytesAsync(bad, register.File[..^200], token);
        await File.WriteAllTextAsync(keys, register.KeySet, token);

        (await RegisterCommand.RunAsync(["verify", good, "--keys", keys])).ShouldBe(0);
        (await RegisterCommand.RunAsync(["verify", bad, "--keys", keys])).ShouldBe(1);
        (await RegisterCommand.RunAsync(["verify", "/nowhere", "--keys", keys])).ShouldBe(2);
        (await RegisterCommand.RunAsync(["verify", good, "--keys", good])).ShouldBe(2);
        (await RegisterCommand.RunAsync(["verify-proof", good, "--keys", keys])).ShouldBe(1);
        (await RegisterCommand.RunAsync(["improve", good])).ShouldBe(2);
        Directory.Delete(folder, recursive: true);
    }

    private Task<Fault?> CheckAsync(byte[] file) => new RegisterVerifier(register.Keys).CheckAsync(new MemoryStream(file));

    private byte[] With(string line, string other) => Joined(register.Lines.Select(one => one == line ? other : one));

    private static byte[] Joined(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    private (string Line, int Start) LineOf(int at)
    {
        var start = Array.LastIndexOf(register.File, (byte)'\n', Math.Max(at - 1, 0)) + 1;
        if (at == 0) start = 0;
        var end = Array.IndexOf(register.File, (byte)'\n', at);
        return (Encoding.UTF8.GetString(register.File[start..end]), start);
    }
}
