using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EPerfect.ServiceDefaults;

/// <summary>What every description says of access: how to get a token, and who may use which operation.</summary>
internal static class OpenApiSecurity
{
    private const string Scheme = "eperfect";

    public static void Describe(OpenApiOptions options, string service, string issuer)
    {
        var scopes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [$"{service}:read"] = "To read.",
            [$"{service}:write"] = "To change.",
        };
        options.AddDocumentTransformer((document, _, _) =>
        {
            var token = new Uri(new Uri(issuer), "connect/token");
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Flows = new OpenApiOAuthFlows
                {
                    AuthorizationCode = new OpenApiOAuthFlow
                    {
                        AuthorizationUrl = new Uri(new Uri(issuer), "connect/authorize"),
                        TokenUrl = token,
                        RefreshUrl = token,
                        Scopes = scopes,
                    },
                    ClientCredentials = new OpenApiOAuthFlow { TokenUrl = token, Scopes = scopes },
                },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var access = context.Description.ActionDescriptor.EndpointMetadata.OfType<Access>().LastOrDefault();
            if (access is null or { IsPublic: true }) return Task.CompletedTask;
            var reads = context.Description.HttpMethod is "GET" or "HEAD";
            var scheme = new OpenApiSecuritySchemeReference(Scheme, context.Document);
            operation.Security = [new() { [scheme] = access.IsSignal ? [] : [$"{service}:{(reads ? "read" : "write")}"] }];
            operation.Description = $"{operation.Description} For {access}.".TrimStart();
            operation.Responses ??= [];
            operation.Responses.TryAdd("401", new OpenApiResponse { Description = "No valid token for this service." });
            operation.Responses.TryAdd("403", new OpenApiResponse { Description = "The scope or the role is missing." });
            return Task.CompletedTask;
        });
    }
}
