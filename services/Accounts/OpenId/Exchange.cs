using EPerfect.Accounts.ApiClients;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.PartnerClients;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace EPerfect.Accounts.OpenId;

/// <summary>
/// POST /connect/token: a code, a refresh token or a program's secret for tokens that say what is so now. OpenIddict has
/// checked the code, its proof, its client and that it was not used before.
/// </summary>
internal sealed class Exchange(UserManager<Login> users, TokenClaims claims, ClientTokens programs, PartnerTokens partners)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var ct = context.Transaction.GetHttpRequest()!.HttpContext.RequestAborted;
        if (context.Request.IsClientCredentialsGrantType())
        {
            context.Principal = await programs.OfAsync(context.ClientId!, context.Request.GetScopes(), ct)
                ?? await partners.OfAsync(context.ClientId!, ct);
            if (context.Principal is null) context.Reject(Errors.InvalidClient, "The client is not let in any more.");
            return;
        }

        var old = context.Principal!;
        if (await users.FindByIdAsync(old.GetClaim(Claims.Subject)!) is not { } login || !TokenClaims.IsCurrent(old, login))
        {
            context.Reject(Errors.InvalidGrant, "The sign-in has ended.");
            return;
        }

        var granted = old.GetScopes();
        var asked = context.Request.GetScopes() is { Length: > 0 } narrower ? narrower : granted;
        context.Principal = await claims.OfLoginAsync(
            login,
            granted,
            asked,
            old.GetClaims(Claims.AuthenticationMethodReference),
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(old.GetClaim(Claims.AuthenticationTime)!)),
            ct);
    }
}
