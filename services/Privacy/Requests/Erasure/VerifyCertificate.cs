using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>
/// The command <c>verify-certificate FILE --keys JWKS [--account ID]</c>: needs no network, no database and no trust in
/// us but in the keys, which anybody may have kept since they were published.
/// </summary>
internal static class VerifyCertificate
{
    public const string Word = "verify-certificate";
    private const string Usage = $"{Word} FILE --keys JWKS [--account ID]";

    public static Task<int> RunAsync(string[] args) => args switch
    {
        [var file, "--keys", var keys] => VerifyAsync(file, keys, account: null),
        [var file, "--keys", var keys, "--account", var id] when Guid.TryParse(id, out var account) =>
            VerifyAsync(file, keys, account),
        _ => Task.FromResult(Fail(Usage)),
    };

    /// <returns>The certificate; or why it is not to be believed.</returns>
    internal static async Task<(Certificate? Certificate, string? Fault)> VerifyAsync(string jws, string jwks)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(jws.Trim(), new TokenValidationParameters
        {
            IssuerSigningKeys = JsonWebKeySet.Create(jwks).GetSigningKeys(),
            ValidTypes = [Certificate.Type],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidateAudience = false,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid) return (null, "it is not signed by one of these keys, or was altered");
        var payload = Base64UrlEncoder.DecodeBytes(((JsonWebToken)result.SecurityToken).EncodedPayload);
        var certificate = JsonSerializer.Deserialize<Certificate>(payload, Certificate.Json)!;
        return (certificate, certificate.Fault());
    }

    private static async Task<int> VerifyAsync(string file, string keys, Guid? account)
    {
        var (certificate, fault) = await VerifyAsync(await File.ReadAllTextAsync(file), await File.ReadAllTextAsync(keys));
        if (fault is not null) return Fail($"NOT VALID: {fault}.");
        if (account is { } id && Certificate.SubjectOf(certificate!.Salt, id) != certificate.Subject)
            return Fail("NOT VALID: it is somebody else's.");
        Console.WriteLine($"VALID: erasure {certificate!.ErasureId}, ordered {certificate.OrderedAt:u}, "
            + $"certified {certificate.CertifiedAt:u}, {(certificate.IsFinal ? "final" : "with parts held back")}");
        foreach (var store in certificate.Stores) Console.WriteLine(Line(store));
        return 0;
    }

    private static string Line(CertifiedStore store) =>
        $"  {store.Store}: {store.Destroyed.Sum(group => group.Keys)} keys destroyed; "
        + $"{store.Search.Columns} columns of {store.Search.Tables} tables searched for {store.Search.Texts} texts, "
        + $"{store.Search.Plaintext} rows in clear, {store.Search.Unreadable} unreadable"
        + string.Concat(store.HeldBack.Select(held => $"; {held.Group} kept for {held.Ground} until {held.Until:u}"));

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
