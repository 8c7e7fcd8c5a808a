using System.Security.Cryptography;
using EPerfect.Privacy.Decisions;

namespace EPerfect.Privacy.Documents;

/// <summary>One version of one document, to be published.</summary>
/// <param name="Kind">Such as <c>privacy-policy</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Version">Counted from 1.</param>
/// <param name="EffectiveAt">From when it is in force, in UTC.</param>
/// <param name="Content">Its bytes: UTF-8 text, kept and served without a change.</param>
internal sealed record DocumentText(string Kind, string Title, int Version, DateTimeOffset EffectiveAt, byte[] Content)
{
    /// <summary>How much it changes. A first version changes nothing.</summary>
    public string Materiality { get; init; } = Documents.Materiality.Editorial;

    /// <summary>What data may be used for under it; null where that stays as it was.</summary>
    public IReadOnlyList<PurposeDeclaration>? Purposes { get; init; }

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));
}
