using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Authentication;

namespace EPerfect.Accounts.OpenId;

/// <summary>
/// A wrong request is answered to the client (RFC 6749, section 4.1.2.1), and to the person only when the client or its
/// address is what is wrong. OpenIddict finds most faults before it looks at the address, and would show them all here.
/// </summary>
internal sealed class TellTheClient(IOpenIddictApplicationManager applications)
    : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    /// <summary>After the address and the way were attached, if they were, and before the state is.</summary>
    public static readonly int Order = InferResponseMode.Descriptor.Order + 500;

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context is not { Error: not null, RedirectUri: null, Request: { ClientId: { } client, RedirectUri: { } address } })
            return;
        if (await applications.FindByClientIdAsync(client) is not { } application
            || !await applications.ValidateRedirectUriAsync(application, address))
        {
            return;
        }

        context.RedirectUri = address;
        context.ResponseMode = OpenIddictConstants.ResponseModes.Query;
    }
}
