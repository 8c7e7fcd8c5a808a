namespace EPerfect.Gateway;

/// <summary>The address in a problem's <c>type</c>: what it means and what helps, from problems.json.</summary>
internal static class ProblemPages
{
    public static void Map(WebApplication app)
    {
        app.MapRead("/problems", ShowAll);
        app.MapRead("/problems/{code}", ShowOne);
    }

    private static IResult ShowAll(HttpContext context)
    {
        var items = ProblemCatalogue.All.Select(problem => $"""
            <li><a href="/problems/{problem.Code}"><code>{problem.Code}</code></a>: {Page.Encode(problem.Title)}</li>
            """);
        return Page.Of(context, "Problems", $"""
            <p>A refusal is a problem document (RFC 9457). Its <code>code</code> never changes its meaning.</p>
            <ul>
            {string.Join('\n', items)}
            </ul>
            """);
    }

    private static IResult ShowOne(string code, HttpContext context)
    {
        if (ProblemCatalogue.Find(code) is not { } problem) return GatewayProblems.NoSuchAddress;
        return Page.Of(context, problem.Title, $"""
            <dl>
            <dt>Code</dt><dd><code>{problem.Code}</code></dd>
            <dt>Status</dt><dd>{string.Join(", ", problem.Status)}</dd>
            <dt>Cause</dt><dd>{Page.Prose(problem.Cause)}</dd>
            <dt>What helps</dt><dd>{Page.Prose(problem.Fix)}</dd>
            </dl>
            <p><a href="/problems">All problems</a></p>
            """);
    }
}
