using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using EPerfect.Privacy.Requests.Exports.Archive;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>
/// The command <c>verify-export FILE --keys JWKS</c>: whether an archive is as we signed it. Needs no network, no database
/// and no trust in us but in the keys, which anybody may have kept since they were published.
/// </summary>
internal static class VerifyExport
{
    public const string Word = "verify-export";
    private const string Usage = $"{Word} FILE --keys JWKS";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var path, "--keys", var keys]) return Fail(Usage);
        try
        {
            await using var file = File.OpenRead(path);
            var (manifest, fault) = await VerifyAsync(file, await File.ReadAllTextAsync(keys));
            if (fault is not null) return Fail($"NOT VALID: {fault}.");
            Console.WriteLine($"VALID: export {manifest!.ExportId} ({manifest.Kind}) of account {manifest.AccountId}, "
                + $"ready {manifest.ReadyAt:u}, {manifest.Files.Count} files");
            foreach (var one in manifest.Services)
                Console.WriteLine($"  {one.Service}: answered {one.AnsweredAt:u}, as of {one.AsOf:u}, {one.Holdings} holdings");
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Fail(failure.Message);
        }
    }

    /// <returns>The manifest; or why the archive is not to be believed.</returns>
    internal static async Task<(Manifest? Manifest, string? Fault)> VerifyAsync(Stream archive, string jwks)
    {
        try
        {
            await using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.GetEntry(Manifest.FileName) is not { } entry) return (null, "it has no signed list of its files");
            using var reader = new StreamReader(await entry.OpenAsync());
            if (await ReadAsync(await reader.ReadToEndAsync(), jwks) is not { } manifest)
                return (null, "its list is not signed by one of these keys, or was altered");
            return (manifest, manifest.Fault() ?? await FaultOfFilesAsync(zip, manifest));
        }
        catch (InvalidDataException)
        {
            return (null, "it is no archive, or was cut short");
        }
    }

    private static async Task<Manifest?> ReadAsync(string jws, string jwks)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(jws.Trim(), new TokenValidationParameters
        {
            IssuerSigningKeys = JsonWebKeySet.Create(jwks).GetSigningKeys(),
            ValidTypes = [Manifest.Type],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidateAudience = false,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        return result.IsValid
            ? JsonSerializer.Deserialize<Manifest>(
                Base64UrlEncoder.DecodeBytes(((JsonWebToken)result.SecurityToken).EncodedPayload), Manifest.Json)
            : null;
    }

    private static async Task<string?> FaultOfFilesAsync(ZipArchive zip, Manifest manifest)
    {
        var files = zip.Entries.Where(entry => entry.FullName != Manifest.FileName).ToList();
        if (files.FirstOrDefault(entry => manifest.Files.All(file => file.Name != entry.FullName)) is { } added)
            return $"{added.FullName} was added";
        foreach (var listed in manifest.Files)
        {
            if (files.Where(entry => entry.FullName == listed.Name).ToArray() is not [var entry])
                return $"{listed.Name} is missing, or there twice";
            await using var content = await entry.OpenAsync();
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content)) != listed.Sha256)
                return $"{listed.Name} was altered";
        }

        return null;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
