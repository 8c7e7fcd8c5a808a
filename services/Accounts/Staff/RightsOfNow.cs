using System.Security.Claims;
using EPerfect.Accounts.PartnerClients;
using Marten;
using Microsoft.AspNetCore.Authentication;

namespace EPerfect.Accounts.Staff;

/// <summary>
/// What a token says of staff and of a partner's program was so up to ten minutes ago. Here it counts as far as it still is
/// so: who was sent away would else take a program's secret along, which no end of the token ends.
/// </summary>
internal sealed class RightsOfNow(IDocumentStore store) : IClaimsTransformation
{
    private const string Staff = "staff";
    private const string Partner = "partner";

    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (!principal.HasClaim(claim => claim.Type is Staff or Partner)) return principal;
        var who = Guid.TryParseExact(principal.FindFirstValue("sub"), "D", out var id) ? id : Guid.Empty;
        await using var session = store.QuerySession();
        var roles = (await StaffRoster.OfAsync(session, CancellationToken.None)).RolesOf(who);
        var isRevoked = principal.HasClaim(claim => claim.Type == Partner)
            && await session.LoadAsync<PartnerClient>(who) is { RevokedAt: not null };
        // The token's own identity is remembered for the requests to come.
        return new ClaimsPrincipal(principal.Identities.Select(identity => new ClaimsIdentity(
            identity.Claims.Where(claim => claim.Type switch
            {
                Staff => roles.Contains(claim.Value, StringComparer.Ordinal),
                Partner => !isRevoked,
                _ => true,
            }),
            identity.AuthenticationType,
            identity.NameClaimType,
            identity.RoleClaimType)));
    }
}
