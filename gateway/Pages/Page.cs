using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace EPerfect.Gateway;

/// <summary>A page without script, in one frame: what is allowed to load is its own style and nothing else.</summary>
internal static class Page
{
    private const string Style = """
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
        :root { color-scheme: light dark; }
        code { font-family: ui-monospace, monospace; }
        dt { font-weight: 600; margin-top: 1rem; }
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Hash(Style)}'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>A sentence in which backticks mark code.</summary>
    public static string Prose(string text) => string.Concat(text.Split('`').Select((part, index) =>
        index % 2 == 0 ? Encode(part) : $"<code>{Encode(part)}</code>"));

    public static IResult Of(HttpContext context, string title, string content)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{Encode(title)}</h1>
            {content}
            </main>
            </body>
            </html>
            """,
            "text/html; charset=utf-8");
    }

    private static string Hash(string style) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
}
