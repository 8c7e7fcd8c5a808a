using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;

namespace EPerfect.Gateway.Tests;

public sealed class RoutingTests
{
    [Fact]
    public async Task The_route_table_is_this_and_no_more()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var routes = gateway.Services.GetRequiredService<IProxyStateLookup>().GetRoutes()
            .Select(route => Line(route.Config)).Order(StringComparer.Ordinal);

        string.Join('\n', routes).ShouldBe(
            """
            /.well-known/{**rest} (GET, HEAD) public -> accounts
            /api/accounts/{**rest} -> accounts
            /api/domains/availability (GET, HEAD) public, limit availability -> domains
            /api/domains/{**rest} -> domains
            /api/operations/{**rest} -> operations
            /api/orders/catalogue/{**rest} (GET, HEAD) public -> orders
            /api/orders/{**rest} -> orders
            /api/partners/asyncapi.json (GET, HEAD) public -> privacy
            /api/partners/schemas/{**rest} (GET, HEAD) public -> privacy
            /api/partners/{**rest} -> privacy
            /api/privacy/certificates/{**rest} (GET, HEAD) public -> privacy
            /api/privacy/datamap (GET, HEAD) public -> privacy
            /api/privacy/documents/{**rest} (GET, HEAD) public -> privacy
            /api/privacy/keys (GET, HEAD) public -> privacy
            /api/privacy/measures (GET, HEAD) public -> privacy
            /api/privacy/policy-sets/{**rest} (GET, HEAD) public -> privacy
            /api/privacy/policy/coverage (GET, HEAD) public -> privacy
            /api/privacy/processing-record (GET, HEAD) public -> privacy
            /api/privacy/register/checkpoints/{**rest} (GET, HEAD) public -> privacy
            /api/privacy/register/proofs/{**rest} (GET, HEAD) public -> privacy
            /api/privacy/{**rest} -> privacy
            /connect/authorize/{**rest} public, provider, no script of another origin -> accounts
            /connect/revocation (POST) public, provider, limit token -> accounts
            /connect/token (POST) public, provider, limit token -> accounts
            /connect/{**rest} public, provider -> accounts
            /identity/change-email (POST) public, provider, no script of another origin, limit sign-up -> accounts
            /identity/forgotten-password (POST) public, provider, no script of another origin, limit sign-up -> accounts
            /identity/sign-up/{**rest} (POST) public, provider, no script of another origin, limit sign-up -> accounts
            /identity/{**rest} (POST) public, provider, no script of another origin, limit sign-in -> accounts
            /identity/{**rest} public, provider, no script of another origin -> accounts
            /openapi/accounts.json (GET, HEAD) public -> accounts /openapi/v1.json
            /openapi/domains.json (GET, HEAD) public -> domains /openapi/v1.json
            /openapi/operations.json (GET, HEAD) public -> operations /openapi/v1.json
            /openapi/orders.json (GET, HEAD) public -> orders /openapi/v1.json
            /openapi/privacy.json (GET, HEAD) public -> privacy /openapi/v1.json
            /operations/{**rest} public, pages, no script of another origin -> operations
            /rdap/{**rest} public, limit rdap -> domains
            """);
    }

    [Theory]
    [InlineData("accounts", "/api/accounts")]
    [InlineData("accounts", "/api/accounts/1/history?limit=5&cursor=a%2Fb")]
    [InlineData("orders", "/api/orders/catalogue")]
    [InlineData("domains", "/api/domains/availability?name=b%C3%BCcher.example")]
    [InlineData("domains", "/rdap/domain/example.com")]
    [InlineData("privacy", "/api/privacy/documents/privacy-policy/1")]
    public async Task A_request_reaches_the_service_of_its_route_with_its_address_unchanged(
        string cluster, string target)
    {
        await using var backend = await Backend.StartAsync(cluster);
        await using var gateway = await RunningGateway.StartAsync(cluster, backend);

        (await gateway.Client.GetStringAsync(target)).ShouldBe(cluster);

        backend.Arrivals.ShouldHaveSingleItem().Target.ShouldBe(target);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/api")]
    [InlineData("/api/invoices/1")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/openapi/unknown.json")]
    [InlineData("/problems/no-such-code")]
    [InlineData("/api/orders/../../health/other")]
    [InlineData("/api/orders/%2e%2e/%2e%2e/openapi/v1.json")]
    public async Task An_unknown_address_is_a_404_problem_and_reaches_no_service(string target)
    {
        await using var backend = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", backend);

        var answer = await gateway.Client.GetAsync(target);

        await answer.ShouldBeProblemAsync(404, "not-found");
        backend.Arrivals.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_OpenAPI_document_is_the_services_own()
    {
        await using var backend = await Backend.StartAsync("domains");
        await using var gateway = await RunningGateway.StartAsync("domains", backend);

        (await gateway.Client.GetAsync("/openapi/domains.json")).EnsureSuccessStatusCode();

        backend.Arrivals.ShouldHaveSingleItem().Target.ShouldBe("/openapi/v1.json");
    }

    private static string Line(RouteConfig route)
    {
        var methods = route.Match.Methods is { } only ? $" ({string.Join(", ", only)})" : "";
        string?[] traits =
        [
            route.AuthorizationPolicy == "Anonymous" ? "public" : null,
            route.IsProvider() ? "provider" : route.HasPages() ? "pages" : null,
            route.CorsPolicy == "Disable" ? "no script of another origin" : null,
            route.RateLimit() is { } limit ? $"limit {limit}" : null,
        ];
        var said = string.Join(", ", traits.OfType<string>());
        var path = route.Transforms is { } set ? $" {set.Single()["PathSet"]}" : "";
        return $"{route.Match.Path}{methods}{(said.Length == 0 ? "" : $" {said}")} -> {route.ClusterId}{path}";
    }
}
