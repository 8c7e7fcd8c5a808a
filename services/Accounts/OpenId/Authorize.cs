using System.Globalization;
using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Primitives;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace EPerfect.Accounts.OpenId;

/// <summary>GET /connect/authorize: who is signed in gets a code, who is not is sent to sign in and comes back.</summary>
internal sealed class Authorize(SignInManager<Login> signIn, TokenClaims claims, TimeProvider time)
    : IOpenIddictServerHandler<HandleAuthorizationRequestContext>
{
    public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (!TryReadAge(context.Request, out var oldest))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, "max_age is a number of seconds.");
            return;
        }

        var session = await SessionOfAsync(http);
        if (session is not { } found || IsTooOld(found.SignedInAt, oldest, context.Request))
        {
            SendAway(context, http, "/identity/sign-in", OpenIddictConstants.Errors.LoginRequired);
        }
        else if (found.Login.MustChangePassword)
        {
            SendAway(context, http, "/identity/change-password", OpenIddictConstants.Errors.InteractionRequired);
        }
        else
        {
            var scopes = context.Request.GetScopes();
            context.Principal = await claims.OfLoginAsync(
                found.Login, scopes, scopes, found.Methods, found.SignedInAt, http.RequestAborted);
        }
    }

    private async Task<(Login Login, string[] Methods, DateTimeOffset SignedInAt)?> SessionOfAsync(HttpContext http)
    {
        var cookie = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (cookie is not { Succeeded: true, Principal: var principal, Properties: var properties }) return null;
        // Asked each time: who changed the password has ended every session, and at once.
        if (await signIn.ValidateSecurityStampAsync(principal) is not { } login) return null;
        var signedInAt = DateTimeOffset.Parse(properties.Items[SignIns.At]!, CultureInfo.InvariantCulture);
        return (login, [.. principal.GetClaims(OpenIddictConstants.Claims.AuthenticationMethodReference)], signedInAt);
    }

    private bool IsTooOld(DateTimeOffset signedInAt, TimeSpan oldest, OpenIddictRequest request) =>
        request.HasPromptValue(OpenIddictConstants.PromptValues.Login) || time.GetUtcNow() - signedInAt >= oldest;

    /// <summary>More seconds may be asked for than a span of time holds; none beyond the longest session matter.</summary>
    private static bool TryReadAge(OpenIddictRequest request, out TimeSpan oldest)
    {
        oldest = SignIns.Longest;
        if ((string?)request.GetParameter(OpenIddictConstants.Parameters.MaxAge) is not { } text) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (seconds < oldest.TotalSeconds) oldest = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>To a page, unless the client wants none to be shown. The person comes back to the same request, but for
    /// what asked to sign in again: that was done by then.</summary>
    private static void SendAway(HandleAuthorizationRequestContext context, HttpContext http, string page, string error)
    {
        if (context.Request.HasPromptValue(OpenIddictConstants.PromptValues.None))
        {
            context.Reject(error, "The person would have to be asked.");
            return;
        }

        IEnumerable<KeyValuePair<string, StringValues>> parameters =
            http.Request.HasFormContentType ? http.Request.Form : http.Request.Query;
        var query = QueryString.Create(parameters.Where(one => one.Key is not "prompt" and not "max_age"));
        http.Response.Redirect(page + QueryString.Create("returnUrl", $"/connect/authorize{query}"));
        context.HandleRequest();
    }
}
