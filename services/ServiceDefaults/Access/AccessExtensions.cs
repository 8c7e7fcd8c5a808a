using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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

    /// <summary>Fails the start when an endpoint does not say who may use it, or lets members in and cannot tell whose
    /// account it is about.</summary>
    internal static void DemandAccess(this IEndpointRouteBuilder routes)
    {
        routes.Demand(
            "Who may use these? Declare it with Allow", endpoint => endpoint.Metadata.GetMetadata<Access>() is not null);
        routes.Demand(
            "Whose account are these about? Take an accountId, or the thing by Reader or Commands",
            endpoint => endpoint.Metadata.GetMetadata<Access>() is not { Members: not MemberRole.None }
                || NamesAccount(endpoint));
    }

    /// <summary>Fails the start when endpoints lack what each of them must have, and names them.</summary>
    /// <param name="routes">All that is mapped.</param>
    /// <param name="what">What is asked of whoever wrote them.</param>
    /// <param name="isMet">Whether an endpoint has it.</param>
    /// <exception cref="InvalidOperationException">One has not.</exception>
    public static void Demand(this IEndpointRouteBuilder routes, string what, Func<Endpoint, bool> isMet)
    {
        var names = string.Join(", ", routes.DataSources.SelectMany(source => source.Endpoints)
            .Where(endpoint => !isMet(endpoint)).Select(endpoint => endpoint.DisplayName));
        if (names.Length > 0) throw new InvalidOperationException($"{what}: {names}");
    }

    /// <summary>By its address, or by a thing that names its account and is asked by whoever loads it.</summary>
    private static bool NamesAccount(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(parameter =>
            (parameter.Name == AccessHandler.Account && parameter.ParameterType == typeof(Guid))
            || parameter.ParameterType == typeof(Reader)
            || parameter.ParameterType == typeof(Commands)) == true;
}
