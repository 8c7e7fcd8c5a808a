using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EPerfect.ServiceDefaults;

/// <summary>Says of an endpoint that it shows personal data.</summary>
public sealed class OpensPersonalData
{
    internal static readonly OpensPersonalData Marker = new();

    private OpensPersonalData()
    {
    }

    internal static void Describe(OpenApiOptions options) => options.AddOperationTransformer((operation, context, _) =>
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.Contains(Marker) || metadata.OfType<Access>().Last().Staff == StaffRole.None) return Task.CompletedTask;
        operation.Parameters ??= [];
        operation.Parameters.Add(Header(
            OpeningGround.PurposeHeader,
            "For staff: what for. The person reads it.",
            new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. OpeningGround.Purposes.Select(purpose => (System.Text.Json.Nodes.JsonNode)purpose)],
            }));
        operation.Parameters.Add(Header(
            OpeningGround.GroundHeader,
            "For staff: because of what, such as `ticket:4711`. The person reads it.",
            new OpenApiSchema { Type = JsonSchemaType.String, Pattern = OpeningGround.Form }));
        return Task.CompletedTask;
    });

    private static OpenApiParameter Header(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = schema };
}

/// <summary>Declares that an endpoint shows personal data.</summary>
public static class OpensPersonalDataExtensions
{
    /// <summary>Says that the endpoint shows personal data, through <see cref="Openings"/>.</summary>
    /// <param name="builder">The endpoint.</param>
    public static RouteHandlerBuilder Opens(this RouteHandlerBuilder builder) => builder
        .WithMetadata(OpensPersonalData.Marker)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
