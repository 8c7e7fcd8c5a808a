namespace EPerfect.Gateway;

/// <summary>Which cookies there are, what for and how long.</summary>
internal static class CookiePage
{
    public static void Map(WebApplication app) => app.MapRead("/cookies", Show);

    private static IResult Show(HttpContext context)
    {
        var items = CookieRegister.All.Select(cookie => $"""
            <dt><code>{cookie.Name}</code></dt>
            <dd>{Page.Encode(cookie.Purpose)} {Page.Encode(cookie.Category)}; kept {Page.Encode(cookie.Lifetime)}.</dd>
            """);
        return Page.Of(context, "Cookies", $"""
            <p>These cookies and no others reach a browser, each only when it is needed, and only on the pages where one
            signs in, and on those for operators. Over https their names begin with <code>__Host-</code>.</p>
            <dl>
            {string.Join('\n', items)}
            </dl>
            """);
    }
}
