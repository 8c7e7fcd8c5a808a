using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace EPerfect.Accounts.OpenId;

/// <summary>
/// /connect/endsession. Only who proves by the person's own ID token to be a client of this sign-in ends it without asking;
/// any other page could send a browser here, with a token of its own sign-in.
/// </summary>
internal sealed class EndSession(Sessions sessions) : IOpenIddictServerHandler<HandleEndSessionRequestContext>
{
    public async ValueTask HandleAsync(HandleEndSessionRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (await sessions.CurrentAsync(http) is { } session
            && context.IdentityTokenHintPrincipal?.GetClaim(Claims.Subject) != session.Login.Id.ToString("D"))
        {
            http.Response.Redirect("/identity/sign-out");
            context.HandleRequest();
            return;
        }

        await sessions.EndAsync(http);
        context.SignOut();
    }
}
