using System.Collections.Immutable;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Keys;

/// <summary>A key for what services tell of openings: P-256.</summary>
/// <param name="KeyId">Its thumbprint (RFC 7638).</param>
/// <param name="X">The public part.</param>
/// <param name="Y">The public part.</param>
/// <param name="Secret">The secret number, sealed as a secret of the service.</param>
/// <param name="MadeAt">From when on it is used.</param>
internal sealed record OpeningKeyMade(string KeyId, string X, string Y, string Secret, DateTimeOffset MadeAt)
{
    public OpeningKeyLearned ToPublic() => new(KeyId, X, Y, MadeAt);
}

/// <summary>Every key that there was: a message may be under way for long. The newest is used, for a year.</summary>
internal sealed record OpeningKeys(Guid Id, ImmutableList<OpeningKeyMade> All)
{
    public static readonly Guid StreamId = OwnStreams.OpeningKeys;
    private static readonly TimeSpan InUse = TimeSpan.FromDays(365);

    public static OpeningKeys Create(OpeningKeyMade e) => new(StreamId, [e]);

    public OpeningKeys Apply(OpeningKeyMade e) => this with { All = All.Add(e) };

    public OpeningKeyMade? Of(string keyId) => All.Find(key => key.KeyId == keyId);

    internal static bool NeedsNew(OpeningKeys? keys, DateTimeOffset now) => keys is null || keys.All[^1].MadeAt + InUse <= now;

    /// <summary>Of several instances that made one at once, the first to store it has made it for all.</summary>
    internal static Decision Add(OpeningKeys? keys, OpeningKeyMade made) =>
        NeedsNew(keys, made.MadeAt) ? Decision.Of(made) : Decision.Nothing;
}
