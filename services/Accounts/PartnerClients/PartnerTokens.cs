using System.Security.Claims;
using EPerfect.Accounts.OpenId;
using Marten;

namespace EPerfect.Accounts.PartnerClients;

/// <summary>What the token of a partner's program says: whose it is, and nothing of any account.</summary>
internal sealed class PartnerTokens(IQuerySession session)
{
    /// <returns>Null for who is no partner's program, or is not let in any more.</returns>
    public async Task<ClaimsPrincipal?> OfAsync(string clientId, CancellationToken ct) =>
        Guid.TryParseExact(clientId, "D", out var id)
        && await session.LoadAsync<PartnerClient>(id, ct) is { RevokedAt: null } client
            ? TokenClaims.OfPartner(clientId, client.PartnerId)
            : null;
}
