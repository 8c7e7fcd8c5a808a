using EPerfect.Domains.Registration;

namespace EPerfect.Domains.Lifecycle;

/// <summary>A domain's state in the words of EPP (RFC 5731).</summary>
internal static class DomainStatus
{
    public const string PendingCreate = "pendingCreate";
    public const string PendingUpdate = "pendingUpdate";

    /// <summary>Names are locked from the day they are registered: nobody moves one away unnoticed.</summary>
    public const string ClientTransferProhibited = "clientTransferProhibited";

    /// <summary>Empty when the name is neither registered nor about to be.</summary>
    public static IReadOnlyList<string> Of(Domain domain) => domain switch
    {
        { Registration: null, Pending: null } => [],
        { Registration: null } => [PendingCreate],
        { Change: not null } => [ClientTransferProhibited, PendingUpdate],
        _ => [ClientTransferProhibited],
    };
}
