using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Authorization;

namespace EPerfect.Gateway;

/// <summary>Every address says whether it is public or needs a token; one that is silent ends the start.</summary>
internal static class DeclaredAccess
{
    public static void Demand(WebApplication app) => app.Demand(
        "Who may use these? Set AuthorizationPolicy to Default or Anonymous",
        endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null);
}
