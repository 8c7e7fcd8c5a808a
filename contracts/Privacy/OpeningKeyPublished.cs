namespace EPerfect.Contracts.Privacy;

/// <summary>The public key, of P-256, for which services encrypt who opened whose data, and why. The newest is used; Privacy
/// keeps the older ones to read what is still under way.</summary>
/// <param name="KeyId">Its thumbprint (RFC 7638).</param>
/// <param name="X">The x coordinate, base64url.</param>
/// <param name="Y">The y coordinate, base64url.</param>
/// <param name="MadeAt">When it was made, in UTC.</param>
/// <param name="StreamVersion">The version of the stream that this event made.</param>
public sealed record OpeningKeyPublished(string KeyId, string X, string Y, DateTimeOffset MadeAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.opening-key-published.v1";
}
