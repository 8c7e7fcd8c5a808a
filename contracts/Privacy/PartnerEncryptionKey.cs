namespace EPerfect.Contracts.Privacy;

/// <summary>The public key of a partner that its data is encrypted for: a JWK (RFC 7517).</summary>
/// <param name="Kty">Always <c>EC</c>.</param>
/// <param name="Crv">Always <c>P-256</c>.</param>
/// <param name="X">The x coordinate, base64url.</param>
/// <param name="Y">The y coordinate, base64url.</param>
/// <param name="Kid">What the partner calls it; its thumbprint (RFC 7638) if it gave it no name.</param>
public sealed record PartnerEncryptionKey(string Kty, string Crv, string X, string Y, string Kid);
