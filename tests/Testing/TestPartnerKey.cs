using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Privacy;
using Shouldly;

namespace EPerfect.Testing;

/// <summary>A key of a partner. Decrypts by the letter of RFC 7518 (4.6, 5.3), not by the library that encrypts.</summary>
public sealed class TestPartnerKey : IDisposable
{
    private readonly ECDiffieHellman pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Makes one.</summary>
    /// <param name="name">What the partner calls it.</param>
    public TestPartnerKey(string name = "key-1")
    {
        var q = pair.ExportParameters(includePrivateParameters: false).Q;
        Public = new("EC", "P-256", Base64Url.EncodeToString(q.X), Base64Url.EncodeToString(q.Y), name);
    }

    /// <summary>What everybody may know.</summary>
    public PartnerEncryptionKey Public { get; }

    /// <summary>The secret number, base64url: for libraries of others.</summary>
    public string Secret => Base64Url.EncodeToString(pair.ExportParameters(includePrivateParameters: true).D);

    /// <summary>The value inside.</summary>
    /// <param name="jwe">A compact JWE, or an object that holds one as <c>jwe</c>.</param>
    /// <exception cref="CryptographicException">It is for another key.</exception>
    public JsonNode Decrypt(JsonNode jwe)
    {
        var parts = (jwe is JsonObject holder ? (string)holder["jwe"]! : (string)jwe!).Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
        ((string)header["alg"]!, (string)header["enc"]!).ShouldBe(("ECDH-ES", "A256GCM"));
        ((string)header["kid"]!).ShouldBe(Public.Kid);
        parts[1].ShouldBeEmpty("the agreed key is used directly");
        using var other = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = Coordinate(header, "x"), Y = Coordinate(header, "y") },
        });
        byte[] info = [0, 0, 0, 7, .. "A256GCM"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];
        var key = pair.DeriveKeyFromHash(other.PublicKey, HashAlgorithmName.SHA256, [0, 0, 0, 1], info);
        using var cipher = new AesGcm(key, tagSizeInBytes: 16);
        var plain = new byte[Base64Url.DecodeFromChars(parts[3]).Length];
        cipher.Decrypt(
            Base64Url.DecodeFromChars(parts[2]),
            Base64Url.DecodeFromChars(parts[3]),
            Base64Url.DecodeFromChars(parts[4]),
            plain,
            Encoding.ASCII.GetBytes(parts[0]));
        return JsonNode.Parse(plain)!;
    }

    /// <summary>Overwrites it.</summary>
    public void Dispose() => pair.Dispose();

    private static byte[] Coordinate(JsonNode header, string name) =>
        Base64Url.DecodeFromChars((string)header["epk"]![name]!);
}
