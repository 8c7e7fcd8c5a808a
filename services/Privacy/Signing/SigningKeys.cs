using System.Collections.Immutable;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Signing;

/// <summary>A key for signatures: P-256.</summary>
/// <param name="KeyId">Its thumbprint (RFC 7638).</param>
/// <param name="X">The public part.</param>
/// <param name="Y">The public part.</param>
/// <param name="Secret">The private part, sealed as a secret of the service: rotating what wraps the keys leaves it as it is.
/// Null in the oldest, whose private part went with its epoch: it verifies, and signs no more.</param>
/// <param name="MadeAt">From when on it signs.</param>
internal sealed record SigningKeyMade(string KeyId, string X, string Y, string? Secret, DateTimeOffset MadeAt);

/// <summary>Every key that ever signed: what was signed is verified for ever. The newest signs, for a year.</summary>
internal sealed record SigningKeys(Guid Id, ImmutableList<SigningKeyMade> All)
{
    public static readonly Guid StreamId = OwnStreams.SigningKeys;
    private static readonly TimeSpan InUse = TimeSpan.FromDays(365);

    public SigningKeyMade Newest => All[^1];

    public static SigningKeys Create(SigningKeyMade e) => new(StreamId, [e]);

    public SigningKeys Apply(SigningKeyMade e) => this with { All = All.Add(e) };

    internal static bool NeedsNew(SigningKeyMade? newest, DateTimeOffset now) =>
        newest?.Secret is null || newest.MadeAt + InUse <= now;

    /// <summary>Before its time, because somebody wants it. Of two who want it at once, one makes it.</summary>
    internal static Decision Replace(SigningKeys? keys, string? seen, SigningKeyMade made) =>
        keys?.Newest.KeyId == seen ? Decision.Of(made) : Decision.Nothing;

    /// <summary>Of several instances that made one at once, the first to store it has made it for all.</summary>
    internal static Decision Add(SigningKeys? keys, SigningKeyMade made) =>
        NeedsNew(keys?.Newest, made.MadeAt) ? Decision.Of(made) : Decision.Nothing;
}
