using Microsoft.AspNetCore.Authorization;

namespace EPerfect.Gateway;

/// <summary>Every address says whether it is public or needs a token; one that is silent ends the start.</summary>
internal static class DeclaredAccess
{
    public static void Demand(WebApplication app)
    {
        var silent = ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(endpoint => endpoint.DisplayName)
            .ToList();
        if (silent.Count > 0)
            throw new InvalidOperationException(
                $"Who may use these? Set AuthorizationPolicy to Default or Anonymous: {string.Join(", ", silent)}");
    }
}
