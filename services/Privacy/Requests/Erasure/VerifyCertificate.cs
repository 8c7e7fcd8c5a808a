using System.Text.Json;
using EPerfect.Privacy.Signing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>
/// The command <c>verify-certificate</c>: needs no network, no database and no trust in us but in the keys, which anybody
/// may have kept since they were published. Exits with 0 if it holds, with 1 if not, with 2 if it could not be checked.
/// </summary>
internal static class VerifyCertificate
{
    public const string Word = "verify-certificate";

    private const string Usage = $"""
        {Word} FILE --keys KEYS [--account ID]

          FILE      the certificate, as GET /api/privacy/certificates/... gave it
          KEYS      a file with what GET /api/privacy/keys answers, best kept from the day of the erasure
          --account the account's number, of whom it says that they are erased: checks that it is theirs

        Says VALID and what was destroyed, or NOT VALID and why. Needs neither a network nor a database.
        Exits with 0 if it is valid, with 1 if not, with 2 if it could not be checked.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args switch
            {
                ["--help" or "-h"] => Say(Usage),
                [var file, "--keys", var keys] => await VerifyAsync(file, keys, account: null),
                [var file, "--keys", var keys, "--account", var id] => Guid.TryParse(id, out var account)
                    ? await VerifyAsync(file, keys, account)
                    : Fail(2, $"'{id}' is not the number of an account."),
                _ => Fail(2, Usage),
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            return Fail(2, failure.Message);
        }
    }

    /// <returns>The certificate; or why it is not to be believed.</returns>
    /// <exception cref="FormatException">The keys are none.</exception>
    internal static async Task<(Certificate? Certificate, string? Fault)> VerifyAsync(string jws, string jwks)
    {
        var keys = CompactJws.KeysOf(jwks);
        var text = jws.Trim();
        if (!CompactJws.IsWellFormed(text)) return (null, "it is not a signed certificate, or a part of it is missing");
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(text, new TokenValidationParameters
        {
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = false,
            ValidTypes = [Certificate.Type],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidateAudience = false,
            ValidateIssuer = false,
            ValidateLifetime = false,
            RequireExpirationTime = false,
        });
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            return (null, "the key that it names is not among these keys");
        if (!result.IsValid) return (null, "it is not signed by one of these keys, or was altered");
        var payload = Base64UrlEncoder.DecodeBytes(((JsonWebToken)result.SecurityToken).EncodedPayload);
        var certificate = JsonSerializer.Deserialize<Certificate>(payload, Certificate.Json)!;
        return (certificate, certificate.Fault());
    }

    private static async Task<int> VerifyAsync(string file, string keys, Guid? account)
    {
        var (certificate, fault) = await VerifyAsync(await File.ReadAllTextAsync(file), await File.ReadAllTextAsync(keys));
        if (fault is not null) return Fail(1, $"NOT VALID: {fault}.");
        if (account is { } id && Certificate.SubjectOf(certificate!.Salt, id) != certificate.Subject)
            return Fail(1, "NOT VALID: it is somebody else's.");
        Console.WriteLine($"VALID: erasure {certificate!.ErasureId}, ordered {certificate.OrderedAt:u}, "
            + $"certified {certificate.CertifiedAt:u}, {Standing(certificate)}");
        foreach (var store in certificate.Stores) Console.WriteLine(Line(store));
        foreach (var recipient in certificate.Recipients) Console.WriteLine(Line(recipient));
        return 0;
    }

    internal static string Line(CertifiedStore store) =>
        $"  {store.Store}: {store.Destroyed.Sum(group => group.Keys)} keys destroyed; "
        + $"{store.Search.Columns} columns of {store.Search.Tables} tables searched for {store.Search.Texts} texts"
        + $"{(store.Search.SearchedAgain ? ", before and after" : "")}, "
        + $"{store.Search.Plaintext} rows in clear, {store.Search.Unreadable} unreadable"
        + (store.Search.Texts == 0 ? "; NOTHING WAS LOOKED FOR IN CLEAR" : "")
        + (store.Search.SearchedAgain ? "" : "; NOT LOOKED FOR AGAIN after the keys were destroyed")
        + string.Concat(store.HeldBack.Select(held => $"; {held.Group} kept for {held.Ground} until "
            + (held.Until is { } until ? $"{until:u}" : "that ends")))
        + string.Concat((store.Accepted ?? []).Select(place => $"; found in clear and accepted as {place.Ground}: "
            + $"{place.Table}.{place.Column}{(place.Path is { } path ? $" at {path}" : "")}, {place.Rows} rows"))
        + Copies(store);

    internal static string Line(CertifiedRecipient recipient) => $"  partner {recipient.Company}: " + recipient switch
    {
        { ErasedAt: { } at, How: { } how } => $"says that it deleted what it was given, {at:u}, {how}",
        { OverdueAt: { } at, ToldAt: not null } => $"told, and HAS NOT ANSWERED by {at:u}; it is given nothing more",
        { OverdueAt: { } at, StoppedSince: { } since } =>
            $"WAS NOT DELIVERED TO, its agreement was suspended or over since {since:u}; HAS NOT COME to be told by {at:u}",
        { OverdueAt: { } at } => $"HAS NOT COME to be told by {at:u}; it is given nothing more",
        _ => "HAS NOT ANSWERED",
    };

    private static string Standing(Certificate certificate) =>
        certificate.IsFinal ? "final"
        : certificate.Stores.Any(store => store.HeldBack.Count > 0) ? "with parts held back"
        : certificate.Recipients.Any(one => one.ErasedAt is null) ? "not final: not every partner has answered"
        : "not final: copies of destroyed keys can still be read";

    private static string Copies(CertifiedStore store) => store switch
    {
        { UnreadableInCopies: true, UnreadableInCopiesFrom: { } since } => $"; no copy of its keys can be read since {since:u}",
        { UnreadableInCopies: true } => "",
        { UnreadableInCopiesFrom: { } at } => $"; copies of its keys CAN BE READ until {at:u} at the latest",
        _ => "; copies of its keys CAN BE READ until what wraps them is destroyed",
    };

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
