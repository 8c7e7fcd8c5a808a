using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace EPerfect.Privacy.Policy;

/// <summary>A page to read: no script, one style, nothing from elsewhere.</summary>
internal static class HtmlPage
{
    private const string Style = """
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        :root { color-scheme: light dark; }
        th, td { text-align: left; vertical-align: top; padding: .5rem; border-top: 1px solid; }
        ul { margin: .5rem 0 0; padding-left: 1.2rem; }
        code { overflow-wrap: anywhere; }
        """;

    private static readonly string Csp =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The page; what is in it is encoded already.</summary>
    public static IResult Of(string title, string main, HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Csp;
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
            {main}
            </main>
            </body>
            </html>
            """,
            "text/html; charset=utf-8");
    }

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    public static string Time(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "";

    public static string List(IEnumerable<string> items) =>
        $"<ul>{string.Concat(items.Select(item => $"<li>{Encode(item)}</li>"))}</ul>";
}
