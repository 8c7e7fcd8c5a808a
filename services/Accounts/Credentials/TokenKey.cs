namespace EPerfect.Accounts.Credentials;

internal enum TokenKeyUse
{
    Signing,
    Encryption,
}

/// <summary>
/// A key that signs or encrypts tokens, wrapped. Instances agree by its number: whoever stores the next one first has
/// made it for all.
/// </summary>
internal sealed class TokenKey
{
    public required TokenKeyUse Use { get; init; }

    /// <summary>Counted from 1 for each use.</summary>
    public required int Number { get; init; }

    /// <summary>The name under which it is published (<c>kid</c>).</summary>
    public required string KeyId { get; init; }

    /// <summary>The private part, see <see cref="Wrapping"/>.</summary>
    public required string Wrapped { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>From then on it signs, and the one before only verifies.</summary>
    public required DateTimeOffset UsedFrom { get; init; }
}
