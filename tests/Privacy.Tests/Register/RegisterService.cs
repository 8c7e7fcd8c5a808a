using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EPerfect.Privacy.Register;
using EPerfect.Privacy.Register.Offline;
using EPerfect.Privacy.Register.Reactions;
using EPerfect.Privacy.Signing;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using A = EPerfect.Contracts.Accounts;

namespace EPerfect.Privacy.Tests.Register;

/// <summary>Privacy, told of openings by hand, and what one does with its register.</summary>
internal static class RegisterService
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static A.PersonalDataOpened Opened(Guid account, string ground = "ticket:4711") => new(
        Guid.CreateVersion7(), account, $"user/{Guid.CreateVersion7():D}", "staff/support", ["identity", "contact"],
        "support", ground, $"ReadAccount/{account:D}", DateTimeOffset.UtcNow, 1);

    /// <summary>As the message does, when it arrives.</summary>
    public static Task TellAsync(this TestService privacy, A.PersonalDataOpened message) =>
        privacy.HearAsync(ActivatorUtilities.CreateInstance<OpenedInAccountsReaction>(privacy.Services), message);

    /// <summary>Tells of that many, of as many people, and waits until all are in the register.</summary>
    public static async Task<List<A.PersonalDataOpened>> TellAsync(this TestService privacy, int count)
    {
        var before = (await privacy.TreeAsync()).Size;
        var openings = Enumerable.Range(0, count).Select(_ => Opened(Guid.CreateVersion7())).ToList();
        await Task.WhenAll(openings.Select(privacy.TellAsync));
        await privacy.UntilEnteredAsync(before + count);
        return openings;
    }

    public static Task UntilEnteredAsync(this TestService privacy, long size) => Until.TrueAsync(
        async () => (await privacy.TreeAsync()).Size >= size, $"{size} entries are in the register");

    public static Task<EPerfect.Privacy.Register.Merkle.MerkleTree> TreeAsync(this TestService privacy) =>
        privacy.Services.GetRequiredService<RegisterLog>().TreeAsync(Token);

    /// <summary>Signs the register as it is, and waits until the checkpoint can be read.</summary>
    public static async Task<JsonObject> SignAsync(this TestService privacy)
    {
        using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));
        var size = (await privacy.TreeAsync()).Size;
        return await Until.SomeAsync(
            async () =>
            {
                // Asked again: the checkpoint that is due may be signed at the same moment, of fewer entries.
                (await officer.PostWithKeyAsync("/api/privacy/register/checkpoints", null)).EnsureSuccessStatusCode();
                var newest = await privacy.GetAsync("/api/privacy/register/checkpoints/newest");
                return newest["size"]?.GetValue<long>() >= size ? newest : null;
            },
            "the checkpoint can be read");
    }

    /// <summary>As a stranger without a token.</summary>
    public static async Task<JsonObject> GetAsync(this TestService privacy, string path)
    {
        using var stranger = privacy.As(token: null);
        using var answer = await stranger.GetAsync(path, Token);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!;
    }

    public static async Task<CheckpointKeys> KeysAsync(this TestService privacy) => new(await privacy.KeySetAsync());

    public static async Task<string> KeySetAsync(this TestService privacy)
    {
        using var stranger = privacy.As(token: null);
        return await stranger.GetStringAsync("/api/privacy/keys", Token);
    }

    public static async Task<byte[]> ExportAsync(this TestService privacy)
    {
        using var file = new MemoryStream();
        await RegisterExport.WriteAsync(
            privacy.Services.GetRequiredService<NpgsqlDataSource>(),
            "store",
            file,
            Token);
        return file.ToArray();
    }

    public static Task<string> SignedAsync(this TestService privacy, string json, string type) =>
        privacy.Services.GetRequiredService<Signer>().SignAsync(json, type, Token);
}
