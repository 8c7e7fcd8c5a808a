namespace EPerfect.Accounts.Credentials;

/// <summary>How long an address rests after wrong passwords: not at all at first, then longer and longer, never for
/// ever.</summary>
internal static class Backoff
{
    public const int FreeFailures = 5;

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static TimeSpan After(int failures) => failures < FreeFailures
        ? TimeSpan.Zero
        : TimeSpan.FromMinutes(Math.Min(Longest.TotalMinutes, Math.Pow(2, failures - FreeFailures)));
}
