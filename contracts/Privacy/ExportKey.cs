namespace EPerfect.Contracts.Privacy;

/// <summary>The public key that one export is encrypted to: a JSON Web Key (RFC 7517) of P-256, for ECDH-ES with A256GCM.
/// </summary>
/// <param name="Kty"><c>EC</c></param>
/// <param name="Crv"><c>P-256</c></param>
/// <param name="X">The x coordinate, base64url.</param>
/// <param name="Y">The y coordinate, base64url.</param>
public sealed record ExportKey(string Kty, string Crv, string X, string Y);
