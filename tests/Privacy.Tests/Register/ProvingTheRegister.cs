using System.Net;
using System.Text.Json.Nodes;
using EPerfect.PersonalData;
using EPerfect.Privacy.Register;
using EPerfect.Privacy.Register.Merkle;
using EPerfect.Privacy.Register.Offline;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Register;

/// <summary>What the register says can be checked by strangers, and what they kept holds for ever.</summary>
public sealed class ProvingTheRegister(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private TestService privacy = null!;

    public async ValueTask InitializeAsync() =>
        privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);

    public ValueTask DisposeAsync() => privacy.DisposeAsync();

    [Fact]
    public async Task A_stranger_gets_a_proof_of_each_entry_that_holds_against_the_signed_root()
    {
        var openings = await privacy.TellAsync(7);
        await privacy.SignAsync();
        var keys = await privacy.KeysAsync();

        foreach (var opened in openings)
        {
            var proof = await ProofAsync(opened.OpeningId);

            proof.ContainsKey("leaf").ShouldBeFalse("what strangers get is hashes only");
            (await ProofVerifier.CheckAsync(proof.ToJsonString(), keys)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_person_keeps_the_proof_with_the_entry_and_no_part_of_it_can_be_changed()
    {
        var opened = (await privacy.TellAsync(3))[1];
        await privacy.SignAsync();
        var keys = await privacy.KeysAsync();
        using var person = privacy.As(privacy.Issuer.Owner(opened.AccountId));

        var kept = await person.GetStringAsync(
            $"/api/privacy/people/{opened.AccountId}/openings/{opened.OpeningId}/proof", Token);

        (await ProofVerifier.CheckAsync(kept, keys)).ShouldBeNull();
        JsonNode.Parse(kept)!["leaf"]!.GetValue<string>().ShouldContain(opened.OpeningId.ToString());
        foreach (var (name, value) in JsonNode.Parse(kept)!.AsObject())
        {
            var changed = JsonNode.Parse(kept)!.AsObject();
            changed[name] = Changed(value!);
            (await ProofVerifier.CheckAsync(changed.ToJsonString(), keys)).ShouldNotBeNull(name);
        }

        (await ProofVerifier.CheckAsync("{}", keys)).ShouldNotBeNull();
        (await ProofVerifier.CheckAsync("proof", keys)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Given_an_entry_newer_than_the_last_checkpoint_Then_its_proof_has_to_wait()
    {
        await privacy.TellAsync(1);
        await privacy.SignAsync();
        var young = (await privacy.TellAsync(1))[0];

        using var stranger = privacy.As(token: null);
        var answer = await stranger.GetAsync($"/api/privacy/register/proofs/inclusion?opening={young.OpeningId}", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ProblemCodeAsync()).ShouldBe("checkpoint-pending");
        await privacy.SignAsync();
        (await ProofVerifier.CheckAsync((await ProofAsync(young.OpeningId)).ToJsonString(), await privacy.KeysAsync()))
            .ShouldBeNull();
    }

    [Theory]
    [InlineData("inclusion?opening=0190f3a0-0000-7000-8000-000000000abc", 404, "not-found")]
    [InlineData("inclusion?opening=none", 400, "malformed-request")]
    [InlineData("inclusion", 400, "malformed-request")]
    [InlineData("consistency?first=2&second=1", 422, "register-size-unknown")]
    [InlineData("consistency?first=-1&second=1", 422, "register-size-unknown")]
    [InlineData("consistency?first=0&second=9223372036854775807", 422, "register-size-unknown")]
    [InlineData("consistency?first=1", 400, "malformed-request")]
    public async Task A_proof_of_what_there_is_not_is_refused(string proof, int status, string code)
    {
        using var stranger = privacy.As(token: null);

        var answer = await stranger.GetAsync($"/api/privacy/register/proofs/{proof}", Token);

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }

    [Fact, Control("M6")]
    public async Task The_register_is_proven_to_have_only_grown_between_any_two_checkpoints()
    {
        var roots = new List<(long Size, string Root)> { (0, Hex.Of(MerkleHash.Empty)) };
        foreach (var more in (int[])[1, 3, 5])
        {
            await privacy.TellAsync(more);
            var signed = await privacy.SignAsync();
            roots.Add((signed["size"]!.GetValue<long>(), (string)signed["root"]!));
        }

        foreach (var (first, second) in roots.SelectMany((one, i) => roots[i..].Select(other => (one, other))))
        {
            var proof = await privacy.GetAsync(
                $"/api/privacy/register/proofs/consistency?first={first.Size}&second={second.Size}");

            ((string)proof["firstRoot"]!, (string)proof["secondRoot"]!).ShouldBe((first.Root, second.Root));
            var path = proof["path"]!.AsArray().Select(hash => Hex.TryRead((string)hash!)!).ToList();
            MerkleCheck.IsConsistent(
                first.Size, second.Size, path, Hex.TryRead(first.Root)!, Hex.TryRead(second.Root)!).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Given_a_third_of_the_people_is_erased_Then_the_root_is_the_same_and_all_old_proofs_hold()
    {
        var openings = await privacy.TellAsync(30);
        var before = await privacy.SignAsync();
        var keys = await privacy.KeysAsync();
        var kept = new List<string>();
        foreach (var opened in openings) kept.Add((await ProofAsync(opened.OpeningId)).ToJsonString());
        var exported = await privacy.ExportAsync();

        var vault = privacy.Services.GetRequiredService<Vault>();
        foreach (var opened in openings.Take(9))
            await vault.ShredAsync(opened.AccountId, DataGroup.Logs, Guid.CreateVersion7(), Token);
        await RebuildAsync();

        Hex.Of((await privacy.TreeAsync()).Root).ShouldBe((string)before["root"]!);
        foreach (var proof in kept) (await ProofVerifier.CheckAsync(proof, keys)).ShouldBeNull();
        (await privacy.ExportAsync()).ShouldBe(exported);
        await privacy.TellAsync(1);
        (await privacy.SignAsync())["size"]!.GetValue<long>().ShouldBe(31, "what comes after is signed as ever");
    }

    [Fact]
    public async Task Given_the_tables_are_dropped_When_they_are_rebuilt_Then_they_are_what_they_were()
    {
        await privacy.TellAsync(11);
        await privacy.SignAsync();
        await privacy.TellAsync(2);
        await privacy.SignAsync();
        var (before, root) = (await privacy.ExportAsync(), (await privacy.TreeAsync()).Root);

        await RebuildAsync();

        (await privacy.ExportAsync()).ShouldBe(before);
        (await privacy.TreeAsync()).Root.ShouldBe(root);
    }

    [Fact]
    public async Task Auditors_read_the_entries_as_ciphertext_and_others_do_not()
    {
        var openings = await privacy.TellAsync(3);
        using var auditor = privacy.As(privacy.Issuer.Token(staff: ["legal"]));
        using var support = privacy.As(privacy.Issuer.Token(staff: ["support"]));

        var answer = await auditor.GetAsync("/api/privacy/register/entries?from=1", Token);
        var lines = (await answer.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        lines.Select(line => RegisterFile.ReadEntry(line)!.Index).ShouldBe([1, 2]);
        lines.ShouldAllBe(line => line.Contains("p1.logs.") && !line.Contains("ticket:4711"));
        openings.Select(opened => opened.OpeningId).ShouldContain(RegisterFile.ReadEntry(lines[0])!.OpeningId);
        (await support.GetAsync("/api/privacy/register/entries", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await auditor.GetAsync("/api/privacy/register/entries?from=-1", Token)).ProblemCodeAsync())
            .ShouldBe("malformed-request");
    }

    private static JsonNode Changed(JsonNode value) => value switch
    {
        JsonArray path => new JsonArray([.. path.Select(hash => Changed(hash!))]),
        _ when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => value.GetValue<long>() + 1,
        _ when Guid.TryParse((string)value!, out _) => Guid.CreateVersion7().ToString(),
        _ => Flipped((string)value!),
    };

    /// <summary>In the middle, where a letter means something in each of them.</summary>
    private static string Flipped(string text)
    {
        var at = text.Length / 2;
        return text[..at] + (text[at] == 'a' ? 'b' : 'a') + text[(at + 1)..];
    }

    private Task<JsonObject> ProofAsync(Guid opening) =>
        privacy.GetAsync($"/api/privacy/register/proofs/inclusion?opening={opening}");

    private async Task RebuildAsync()
    {
        using var daemon = await privacy.Services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(RegisterProjection.ProjectionName, Token);
    }
}
