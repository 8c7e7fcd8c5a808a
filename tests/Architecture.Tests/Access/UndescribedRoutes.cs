using System.Text;
using System.Text.Json.Nodes;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Architecture.Tests;

/// <summary>Pages, files, health: what answers and stands in no description, so in no row of the matrix either. All of it
/// is here, in the approved list beside this file.</summary>
public sealed class UndescribedRoutes(PostgresServer postgres)
{
    private static readonly string Approved = Path.Combine(
        Source.Root, "tests", "Architecture.Tests", "Access", "undescribed-routes.md");

    [Fact, Control("S9")]
    public async Task What_the_matrix_does_not_see_is_listed_with_who_may_use_it()
    {
        var list = new StringBuilder("# What stands in no description\n\n| service | route | who |\n|---|---|---|\n");
        foreach (var (definition, _) in Modules.Services)
        {
            await using var service = await TestService.StartAsync(definition, postgres);
            var described = JsonNode.Parse(await service.Client.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject()
                .SelectMany(path => path.Value!.AsObject().Select(one => $"{one.Key.ToUpperInvariant()} {path.Key}"))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var (route, who) in RoutesOf(service).Where(one => !described.Contains(one.Route)))
                list.Append($"| {definition.Name} | `{route}` | {who} |\n");
        }

        var rendered = list.ToString();
        var approved = File.Exists(Approved) ? await File.ReadAllTextAsync(Approved) : "";
        if (approved != rendered) await File.WriteAllTextAsync(Path.ChangeExtension(Approved, ".received.md"), rendered);
        approved.ShouldBe(rendered, "look at Access/undescribed-routes.received.md: what differs is a door without a row");
    }

    private static IEnumerable<(string Route, string Who)> RoutesOf(TestService service) =>
        from endpoint in service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let who = endpoint.Metadata.GetMetadata<Access>()!.ToString()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? named : ["any"]
        let route = $"{method} {Template(endpoint.RoutePattern)}"
        orderby route
        select (route, who);

    /// <summary>As descriptions write it: without constraints.</summary>
    private static string Template(RoutePattern pattern) => "/" + string.Join(
        '/',
        pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => "",
        }))));
}
