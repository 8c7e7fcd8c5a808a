namespace EPerfect.Contracts.Privacy;

/// <summary>Privacy found data of a person in clear, or sealed data that the erasure had not reckoned with. Nothing is
/// certified until it is gone; the search is repeated by itself.</summary>
public sealed record ErasureStopped : StoppedAnswer, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.erasure-stopped.v1";

    static string IContract.WireName => Name;
}
