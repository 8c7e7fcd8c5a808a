using System.Text.Json;
using Npgsql;

namespace EPerfect.Privacy.Register.Offline;

/// <summary>The operator's and the auditor's command. Verifying needs no database, no network and no trust in us.</summary>
internal static class RegisterCommand
{
    public const string Word = "register";

    private const string Schema = "store";

    private const string Usage = """
        register export FILE                        writes the register: entries as ciphertext, and its signed checkpoints
        register verify FILE --keys KEYS            checks every entry and checkpoint; names the first that is bad
            [--checkpoints FILE]                    and against checkpoints that were kept, one a line
        register verify-proof FILE --keys KEYS      checks one proof that a person kept

        KEYS is a file with what GET /api/privacy/keys answers.
        Exits with 0 if it is good, with 1 if it is bad, with 2 if it could not be checked.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args switch
            {
                ["--help" or "-h"] => Say(Usage),
                ["export", var file] => await ExportAsync(file),
                ["verify", var file, "--keys", var keys] => await VerifyAsync(file, keys, kept: null),
                ["verify", var file, "--keys", var keys, "--checkpoints", var kept] => await VerifyAsync(file, keys, kept),
                ["verify-proof", var file, "--keys", var keys] => await VerifyProofAsync(file, keys),
                _ => Fail(2, Usage),
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NpgsqlException
            or FormatException or JsonException)
        {
            return Fail(2, failure.Message);
        }
    }

    private static async Task<int> ExportAsync(string path)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        if (configuration.GetConnectionString("Store") is not { } store) return Fail(2, "ConnectionStrings:Store is not set.");
        await using var database = NpgsqlDataSource.Create(store);
        await using var file = File.Create(path);
        var entries = await RegisterExport.WriteAsync(database, Schema, file, CancellationToken.None);
        Console.WriteLine($"{entries} entries written to {path}");
        return 0;
    }

    private static async Task<int> VerifyAsync(string path, string keys, string? kept)
    {
        var verifier = new RegisterVerifier(await KeysAsync(keys));
        var fault = kept is null ? null : await verifier.ExpectAsync(await File.ReadAllLinesAsync(kept));
        await using var file = File.OpenRead(path);
        fault ??= await verifier.CheckAsync(file);
        if (fault is not null) return Fail(1, $"BAD: {fault}");
        var newest = verifier.Newest!;
        Console.WriteLine($"good: {verifier.Entries} entries, {verifier.Checkpoints} checkpoints");
        Console.WriteLine($"the newest signs for {newest.Size} entries at {newest.At:O}: {newest.Root}");
        return 0;
    }

    private static async Task<int> VerifyProofAsync(string path, string keys)
    {
        var fault = await ProofVerifier.CheckAsync(await File.ReadAllTextAsync(path), await KeysAsync(keys));
        if (fault is not null) return Fail(1, $"BAD: {fault}");
        Console.WriteLine("good: the entry is in the signed register");
        return 0;
    }

    private static async Task<CheckpointKeys> KeysAsync(string path) => new(await File.ReadAllTextAsync(path));

    private static int Say(string message)
    {
        Console.WriteLine(message);
        return 0;
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
