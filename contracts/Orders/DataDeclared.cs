using EPerfect.Contracts.Privacy;

namespace EPerfect.Contracts.Orders;

/// <summary>What personal data the running Orders holds and moves, and on what terms.</summary>
public sealed record DataDeclared : DataDeclaration, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.data-declared.v1";

    static string IContract.WireName => Name;
}
