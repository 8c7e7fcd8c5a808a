namespace EPerfect.Contracts.Partners;

/// <summary>A personal value that only its partner can read.</summary>
/// <param name="Jwe">A JWE in compact form (RFC 7516: ECDH-ES on P-256, A256GCM) for the key that the partner named; inside
/// is the value as JSON. <c>kid</c> tells which key.</param>
public sealed record EncryptedValue(string Jwe);
