namespace EPerfect.Contracts.Privacy;

/// <summary>One version of one document, by its content.</summary>
/// <param name="Document">The document: <c>privacy-policy</c>, <c>terms-of-service</c>, <c>acceptable-use-policy</c>,
/// <c>cgi-abuse-policy</c>, <c>uce-policy</c>.</param>
/// <param name="Version">Counted from 1.</param>
/// <param name="Sha256">Of the document's bytes, in lower-case hexadecimal.</param>
public sealed record DocumentReference(string Document, int Version, string Sha256);
