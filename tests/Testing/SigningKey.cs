using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EPerfect.Testing;

/// <summary>A key that signs tokens with RS256.</summary>
public sealed class SigningKey
{
    private readonly RSA rsa = RSA.Create(2048);
    private readonly string id = Guid.NewGuid().ToString("N");

    private SigningKey()
    {
    }

    /// <summary>A new key, unknown to everybody.</summary>
    public static SigningKey Create() => new();

    /// <summary>A token of these claims that says that it needs no signature, and has none.</summary>
    /// <param name="token">A signed token.</param>
    public static string Unsigned(string token)
    {
        var header = Encode(new JsonObject { ["alg"] = "none", ["typ"] = "at+jwt" });
        return $"{header}.{token.Split('.')[1]}.";
    }

    /// <summary>A token of these claims, signed with the public key as if it were a shared secret.</summary>
    /// <param name="token">A signed token.</param>
    public string SignedWithPublicKey(string token)
    {
        var content = Encode(new JsonObject { ["alg"] = "HS256", ["typ"] = "at+jwt", ["kid"] = id }) + "." + token.Split('.')[1];
        var secret = Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem());
        return content + "." + Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(content)));
    }

    internal string Sign(JsonObject claims, Action<JsonObject>? change)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "at+jwt", ["kid"] = id };
        change?.Invoke(header);
        var content = $"{Encode(header)}.{Encode(claims)}";
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    internal JsonObject Public()
    {
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = id,
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
        };
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
