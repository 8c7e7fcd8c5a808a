namespace EPerfect.Accounts.OpenId;

/// <summary>What the session's cookie knows of the sign-in that began it.</summary>
internal static class SignIns
{
    /// <summary>How long a session lasts, used or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>The property of the cookie's ticket; it outlives the ticket's renewals.</summary>
    public const string At = "signed-in-at";

    /// <summary>Identity says <c>mfa</c> after a one-time or recovery code; a passkey that knew its user is
    /// <c>hwk</c>.</summary>
    public static bool IsWithSecondFactor(IEnumerable<string> methods) => methods.Any(method => method is "mfa" or "hwk");
}
