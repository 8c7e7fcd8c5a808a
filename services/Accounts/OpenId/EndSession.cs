using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace EPerfect.Accounts.OpenId;

/// <summary>
/// /connect/endsession. Only who proves by an ID token to be a client of this sign-in ends it without asking; any other
/// page could send a browser here.
/// </summary>
internal sealed class EndSession : IOpenIddictServerHandler<HandleEndSessionRequestContext>
{
    public async ValueTask HandleAsync(HandleEndSessionRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (context.IdentityTokenHintPrincipal is null
            && await http.AuthenticateAsync(IdentityConstants.ApplicationScheme) is { Succeeded: true })
        {
            http.Response.Redirect("/identity/sign-out");
            context.HandleRequest();
            return;
        }

        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        context.SignOut();
    }
}
