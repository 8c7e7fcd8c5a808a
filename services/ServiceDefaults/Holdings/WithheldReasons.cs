namespace EPerfect.ServiceDefaults;

/// <summary>Why something of an export is not told. Stable words.</summary>
public static class WithheldReasons
{
    /// <summary>It says something about somebody else (GDPR Art. 15(4)).</summary>
    public const string AnotherPerson = "another-person";

    /// <summary>Who reads it could act as the person, or open what is closed.</summary>
    public const string Secret = "secret";
}
