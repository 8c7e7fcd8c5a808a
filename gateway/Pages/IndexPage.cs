using Yarp.ReverseProxy;

namespace EPerfect.Gateway;

/// <summary>Where to go from here.</summary>
internal static class IndexPage
{
    public static void Map(WebApplication app) => app.MapRead("/", Show);

    private static IResult Show(HttpContext context, IProxyStateLookup proxy)
    {
        var documents = Descriptions.Of(proxy).Select(service =>
            $"""<li><a href="/openapi/{service}.json">{service}</a></li>""");
        return Page.Of(context, "ePerfect API", $"""
            <nav aria-label="Contents">
            <ul>
            <li><a href="/reference">Reference</a>: every request and answer, to read and to try</li>
            <li><a href="/problems">Problems</a>: what a refusal means and what helps</li>
            <li><a href="/cookies">Cookies</a>: which there are, what for and how long</li>
            <li><a href="/health">Health</a>: how the services stand</li>
            </ul>
            </nav>
            <h2>OpenAPI documents</h2>
            <ul>
            {string.Join('\n', documents)}
            </ul>
            """);
    }
}
