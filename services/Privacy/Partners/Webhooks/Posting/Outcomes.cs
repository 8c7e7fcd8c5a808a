namespace EPerfect.Privacy.Partners.Webhooks.Posting;

/// <summary>What came of an attempt, in a word. Stable: partners' programs may branch on it.</summary>
internal static class Outcomes
{
    /// <summary>2xx.</summary>
    public const string Delivered = "delivered";

    /// <summary>3xx: redirects are not followed.</summary>
    public const string Redirected = "redirected";

    /// <summary>410: disabled at once.</summary>
    public const string Gone = "gone";

    /// <summary>Any other status.</summary>
    public const string Refused = "refused";

    /// <summary>Nothing was answered in time.</summary>
    public const string TimedOut = "timed-out";

    public const string Unreachable = "unreachable";

    public const string NameUnresolved = "name-unresolved";

    /// <summary>The name leads to a private, local or reserved address.</summary>
    public const string AddressNotPublic = "address-not-public";

    public const string CertificateInvalid = "certificate-invalid";

    public static string Of(int status) => status switch
    {
        >= 200 and < 300 => Delivered,
        >= 300 and < 400 => Redirected,
        410 => Gone,
        _ => Refused,
    };
}
