namespace EPerfect.Privacy.People;

/// <summary>Where a person said it.</summary>
internal static class Channels
{
    public const string Api = "api";

    public const string AccountOpening = "account-opening";
}
