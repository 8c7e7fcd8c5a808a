namespace EPerfect.Contracts.Privacy;

/// <summary>What personal data the running Privacy holds and moves, and on what terms.</summary>
public sealed record DataDeclared : DataDeclaration, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.data-declared.v1";

    static string IContract.WireName => Name;
}
