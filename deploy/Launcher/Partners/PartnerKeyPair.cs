using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace EPerfect.Launcher.Partners;

/// <summary>What customers' values are encrypted to, as JWK (RFC 7517): the partner alone has the secret half.</summary>
internal sealed record PartnerKeyPair(JsonObject Public, JsonObject Secret)
{
    public static PartnerKeyPair Make()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var numbers = key.ExportParameters(includePrivateParameters: true);
        var secret = Of(numbers.Q);
        secret["d"] = Base64Url.EncodeToString(numbers.D);
        return new(Of(numbers.Q), secret);
    }

    public override string ToString() => nameof(PartnerKeyPair);

    private static JsonObject Of(ECPoint point) => new()
    {
        ["kty"] = "EC",
        ["crv"] = "P-256",
        ["x"] = Base64Url.EncodeToString(point.X),
        ["y"] = Base64Url.EncodeToString(point.Y),
    };
}
