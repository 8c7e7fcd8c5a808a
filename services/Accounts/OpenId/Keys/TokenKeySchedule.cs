using EPerfect.Accounts.Credentials;

namespace EPerfect.Accounts.OpenId;

/// <summary>When keys are made, used and forgotten. A new one is published before it signs, so that whoever keeps our
/// keys for a while has it in time; an old one stays until nothing that it signed or encrypted can come back.</summary>
internal static class TokenKeySchedule
{
    public static readonly TimeSpan InUse = TimeSpan.FromDays(90);
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);
    public static readonly TimeSpan Afterwards = TimeSpan.FromDays(60);

    /// <summary>From when on a key to be made now would be used; null while none is to be made.</summary>
    public static DateTimeOffset? Next(TokenKey? newest, DateTimeOffset now)
    {
        if (newest is null) return now;
        var turn = newest.UsedFrom + InUse;
        if (now < turn - Ahead) return null;
        return turn > now + Ahead ? turn : now + Ahead;
    }

    /// <summary>Those that still count, the one in use first, then the newest first.</summary>
    /// <param name="keys">All of one use, by number.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<TokenKey> Current(IReadOnlyList<TokenKey> keys, DateTimeOffset now)
    {
        // A clock behind the one that made the first key still has to use it.
        var used = keys.LastOrDefault(key => key.UsedFrom <= now) ?? keys[0];
        return [used, .. keys.Where((key, i) => key != used && !IsOver(keys, i, now)).Reverse()];
    }

    public static bool IsOver(IReadOnlyList<TokenKey> keys, int i, DateTimeOffset now) =>
        i + 1 < keys.Count && keys[i + 1].UsedFrom + Afterwards <= now;
}
