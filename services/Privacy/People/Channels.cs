namespace EPerfect.Privacy.People;

/// <summary>Where a person said it.</summary>
internal static class Channels
{
    public const string Api = "api";

    /// <summary>The browser, by Global Privacy Control.</summary>
    public const string PrivacyControl = "gpc";

    /// <summary>A request of the person: an objection, an opt-out.</summary>
    public const string Request = "request";

    public const string AccountOpening = "account-opening";

    /// <summary>Nowhere: a synthetic person did not say it.</summary>
    public const string Sandbox = "sandbox";
}
