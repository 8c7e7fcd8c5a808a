using System.Net.Http.Headers;

namespace EPerfect.Launcher.SignIn;

/// <summary>Shows the visitor's token with each request, once there is one.</summary>
internal sealed class Bearer(Visitor visitor) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (visitor.IsSignedIn)
        {
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Bearer", await visitor.AccessTokenAsync(cancellationToken));
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
