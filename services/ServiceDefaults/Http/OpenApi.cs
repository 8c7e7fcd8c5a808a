using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EPerfect.ServiceDefaults;

/// <summary>What every description says: who it is, and that each POST takes an Idempotency-Key.</summary>
internal static class OpenApi
{
    public static void Describe(OpenApiOptions options, ServiceDefinition definition)
    {
        var title = char.ToUpperInvariant(definition.Name[0]) + definition.Name[1..];
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = $"ePerfect {title}",
                Version = "v1",
                Description = "Errors are RFC 9457 problems; `type` and `code` are stable. Unknown fields are refused.",
            };
            // The gateway is the only door; a service's own address is nobody's business.
            document.Servers = [new OpenApiServer { Url = "/" }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (!string.Equals(context.Description.HttpMethod, "POST", StringComparison.Ordinal)) return Task.CompletedTask;
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = RequestGuard.KeyHeader,
                In = ParameterLocation.Header,
                Required = true,
                Description = "Makes the request safe to repeat: the same key and body get the same answer, once done.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
            });
            return Task.CompletedTask;
        });
    }
}
