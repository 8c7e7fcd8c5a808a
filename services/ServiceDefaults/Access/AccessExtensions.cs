using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace EPerfect.ServiceDefaults;

/// <summary>Declares who may use an endpoint.</summary>
public static class AccessExtensions
{
    /// <summary>Says who may use the endpoints. What is said last, of one endpoint, holds.</summary>
    /// <typeparam name="T">The kind of builder.</typeparam>
    /// <param name="builder">The endpoint, or a group of them.</param>
    /// <param name="access">Who may.</param>
    public static T Allow<T>(this T builder, Access access)
        where T : IEndpointConventionBuilder
    {
        builder.WithMetadata(access);
        return access.IsPublic
            ? builder.AllowAnonymous()
            : builder.RequireAuthorization(policy => policy.AddRequirements(access));
    }

    /// <summary>Fails the start when an endpoint does not say who may use it.</summary>
    internal static void DemandAccess(this IEndpointRouteBuilder routes)
    {
        var open = routes.DataSources
            .SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<Access>() is null)
            .Select(endpoint => endpoint.DisplayName)
            .ToList();
        if (open.Count > 0)
            throw new InvalidOperationException($"Who may use these? Declare it with Allow: {string.Join(", ", open)}");
    }
}
