using EPerfect.Contracts.Privacy;

namespace EPerfect.Contracts.Domains;

/// <summary>What personal data the running Domains holds and moves, and on what terms.</summary>
public sealed record DataDeclared : DataDeclaration, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "domains.data-declared.v1";

    static string IContract.WireName => Name;
}
