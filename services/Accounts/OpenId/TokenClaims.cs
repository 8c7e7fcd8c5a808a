using System.Security.Claims;
using System.Text.Json;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.Staff;
using Marten;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace EPerfect.Accounts.OpenId;

/// <summary>What a token says: whose it is, of which accounts, for which services. Made anew each time one is issued,
/// so that who lost a role has lost it after ten minutes.</summary>
internal sealed class TokenClaims(IDocumentSession session)
{
    /// <summary>Kept in codes and refresh tokens alone, which we encrypt.</summary>
    private const string Stamp = "stamp";

    /// <summary>For a person.</summary>
    /// <param name="login">Who.</param>
    /// <param name="granted">What the client may ever ask for.</param>
    /// <param name="asked">What it asks for now.</param>
    /// <param name="methods">How the person signed in (RFC 8176).</param>
    /// <param name="signedInAt">When.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<ClaimsPrincipal> OfLoginAsync(
        Login login,
        IEnumerable<string> granted,
        IEnumerable<string> asked,
        IReadOnlyCollection<string> methods,
        DateTimeOffset signedInAt,
        CancellationToken ct)
    {
        var identity = NewIdentity(login.Id.ToString("D"));
        var memberships = await session.Query<Membership>().Where(one => one.LoginId == login.Id).ToListAsync(ct);
        SetList(identity, "accounts", memberships.Select(one => $"{one.AccountId:D}:{one.Role}"));
        if (SignIns.IsWithSecondFactor(methods)
            && await session.Events.FetchLatest<StaffMember>(login.Id, ct) is { Roles: { Count: > 0 } roles })
        {
            SetList(identity, "staff", roles);
        }

        identity.SetClaim(Stamp, login.SecurityStamp);
        identity.SetClaim(Claims.AuthenticationTime, signedInAt.ToUnixTimeSeconds());
        SetList(identity, Claims.AuthenticationMethodReference, methods);
        return NewPrincipal(identity, granted, asked);
    }

    /// <summary>For a program that acts for an account.</summary>
    public static ClaimsPrincipal OfClient(string clientId, Guid accountId, IReadOnlyCollection<string> scopes)
    {
        var identity = NewIdentity(clientId);
        SetList(identity, "accounts", [$"{accountId:D}:client"]);
        return NewPrincipal(identity, scopes, scopes);
    }

    /// <summary>For a program of a partner.</summary>
    public static ClaimsPrincipal OfPartner(string clientId, Guid partnerId)
    {
        var identity = NewIdentity(clientId);
        identity.SetClaim("partner", partnerId.ToString("D"));
        return NewPrincipal(identity, [Scopes.PartnerFeed], [Scopes.PartnerFeed]);
    }

    /// <summary>Whether nothing has happened since that ends the login's sessions: another password or factor.</summary>
    public static bool IsCurrent(ClaimsPrincipal principal, Login login) =>
        string.Equals(principal.GetClaim(Stamp), login.SecurityStamp, StringComparison.Ordinal);

    private static ClaimsIdentity NewIdentity(string subject)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Subject, Claims.Role);
        return identity.SetClaim(Claims.Subject, subject);
    }

    private static ClaimsPrincipal NewPrincipal(
        ClaimsIdentity identity, IEnumerable<string> granted, IEnumerable<string> asked)
    {
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(granted);
        principal.SetResources(Scopes.Audiences(asked));
        principal.SetDestinations(claim => claim.Type switch
        {
            Claims.Subject => [Destinations.AccessToken, Destinations.IdentityToken],
            "accounts" or "staff" or "partner" => [Destinations.AccessToken],
            // A service may ask how long ago the person signed in, before it gives away or destroys something (RFC 9068).
            Claims.AuthenticationTime or Claims.AuthenticationMethodReference =>
                [Destinations.AccessToken, Destinations.IdentityToken],
            _ => [],
        });
        return principal;
    }

    /// <summary>As an array also when there is one: whoever reads it need not ask which.</summary>
    private static void SetList(ClaimsIdentity identity, string type, IEnumerable<string> values) =>
        identity.AddClaim(new Claim(
            type, JsonSerializer.Serialize(values.Order(StringComparer.Ordinal)), JsonClaimValueTypes.JsonArray));
}
