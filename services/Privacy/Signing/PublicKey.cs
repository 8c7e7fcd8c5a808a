using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Privacy.Signing;

/// <summary>The public part of a key, as JSON Web Key (RFC 7517).</summary>
internal sealed record PublicKey(string Kty, string Crv, string X, string Y, string Use, string Alg, string Kid)
{
    public static PublicKey Of(SigningKeyMade made) =>
        new("EC", "P-256", made.X, made.Y, "sig", SecurityAlgorithms.EcdsaSha256, made.KeyId);

    public static JsonWebKey Of(string x, string y) => new() { Kty = "EC", Crv = "P-256", X = x, Y = y };
}
