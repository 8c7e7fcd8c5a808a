using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports.Archive;

/// <summary>The archive for reading: one page without script or anything from outside, every value escaped.</summary>
internal sealed class ReadablePage(TextWriter page)
{
    private const string Style = """
        body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:auto;padding:1rem;color:#1a1a1a;background:#fff}
        table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}caption{text-align:left;font-weight:600}
        th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        code{overflow-wrap:anywhere}a{color:#0b4fa0}
        """;

    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["accounts"] = "Your account and login",
        ["domains"] = "Your domains and contacts",
        ["orders"] = "Your orders and payments",
        ["privacy"] = "Your choices and requests",
    };

    public async Task BeginAsync(About about)
    {
        await page.WriteAsync($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>What we hold on you</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>What we hold on you</h1>
            <p>You asked on {At(about.AskedAt)}. Export {Text(about.ExportId.ToString())} of account
            {Text(about.AccountId.ToString())}.</p>
            <nav aria-label="Contents"><ul>

            """);
        foreach (var service in about.Services)
        {
            await page.WriteAsync($"<li><a href=\"#{Text(service.Service)}\">{Text(Title(service.Service))}</a> "
                + $"(as of {At(service.AsOf)})</li>\n");
        }

        await page.WriteAsync("""
            <li><a href="#openings">Who looked at your data</a></li>
            <li><a href="#disclosures">Who was given your data</a></li>
            <li><a href="#left-out">What is not in here, and why</a></li>
            </ul></nav>

            """);
    }

    public async Task ServiceAsync(string service, IAsyncEnumerable<ToldHolding> held)
    {
        await page.WriteAsync($"<section aria-labelledby=\"{Text(service)}\">\n"
            + $"<h2 id=\"{Text(service)}\">{Text(Title(service))}</h2>\n");
        await HoldingsAsync(held, none: "Nothing.");
        await page.WriteAsync("</section>\n");
    }

    public async Task OpeningsAsync(IAsyncEnumerable<ToldHolding> openings)
    {
        await page.WriteAsync("<section aria-labelledby=\"openings\">\n<h2 id=\"openings\">Who looked at your data</h2>\n");
        await HoldingsAsync(openings, none: "Nobody but you.");
        await page.WriteAsync("</section>\n");
    }

    public async Task DisclosuresAsync(IAsyncEnumerable<Disclosure> disclosed)
    {
        await page.WriteAsync("<section aria-labelledby=\"disclosures\">\n<h2 id=\"disclosures\">Who was given your data</h2>\n");
        var any = false;
        await foreach (var one in disclosed)
        {
            any = true;
            await page.WriteAsync($"<p>{At(one.DisclosedAt)}: {Text(one.Recipient)} was given "
                + $"{Text(string.Join(", ", one.Categories))}, "
                + $"{Text(one.Purpose)} ({Text(one.LegalBasis)}).</p>\n");
        }

        await page.WriteAsync(any ? "</section>\n" : "<p>Nobody.</p>\n</section>\n");
    }

    public async Task EndAsync(About about)
    {
        await page.WriteAsync(
            "<section aria-labelledby=\"left-out\">\n<h2 id=\"left-out\">What is not in here, and why</h2>\n<ul>\n");
        foreach (var one in about.LeftOut)
        {
            var count = one.Count is { } times ? $" ({times.ToString(CultureInfo.InvariantCulture)} times)" : "";
            await page.WriteAsync($"<li>{Text(one.What)}: {Text(one.Why)}{count}</li>\n");
        }

        await page.WriteAsync("</ul>\n<h2>Your rights</h2>\n<ul>\n");
        foreach (var right in about.Rights) await page.WriteAsync($"<li>{Text(right)}</li>\n");
        await page.WriteAsync("</ul>\n</section>\n</main>\n</body>\n</html>\n");
    }

    private async Task HoldingsAsync(IAsyncEnumerable<ToldHolding> held, string none)
    {
        var any = false;
        await foreach (var one in held)
        {
            any = true;
            await page.WriteAsync($"<h3>{Text(Words(one.Source))}{(one.At is { } at ? $", {At(at)}" : "")}</h3>\n"
                + $"<p>Source: {Text(one.Source)} <code>{Text(one.Id)}</code></p>\n");
            if (one.Withheld is not null) await page.WriteAsync($"<p>Not told: {Text(Why(one.Withheld))}.</p>\n");
            if (one.Data.Count > 0) await DataAsync(one.Data);
            if (one.Facts is { } facts)
                await page.WriteAsync($"<p>Also noted: <code>{Text(facts.ToJsonString())}</code></p>\n");
        }

        if (!any) await page.WriteAsync($"<p>{none}</p>\n");
    }

    private async Task DataAsync(IReadOnlyList<ToldDatum> data)
    {
        await page.WriteAsync("""
            <table><thead><tr><th scope="col">What</th><th scope="col">Value</th><th scope="col">Kind</th>
            <th scope="col">What for</th><th scope="col">Ground</th><th scope="col">Kept</th></tr></thead><tbody>

            """);
        foreach (var one in data)
        {
            await page.WriteAsync($"<tr><th scope=\"row\">{Text(one.Description)}</th><td>{Text(Shown(one))}</td>"
                + $"<td>{Text(Words(one.Category))}</td><td>{Text(one.Purpose)}</td><td>{Text(one.LegalBasis)}</td>"
                + $"<td>{Text(one.Retention)}</td></tr>\n");
        }

        await page.WriteAsync("</tbody></table>\n");
    }

    private static string Shown(ToldDatum datum) => datum.State switch
    {
        ToldDatum.Clear => Shown(datum.Value),
        ToldDatum.Erased => "erased: nobody can read it any more",
        _ => $"not told: {Why(datum.Reason)}",
    };

    private static string Shown(JsonNode? value) => value switch
    {
        null => "not given",
        JsonArray items when items.All(item => item is JsonValue) => string.Join(", ", items.Select(Shown)),
        JsonValue single when single.GetValueKind() == JsonValueKind.String => single.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    private static string Why(string? reason) => reason switch
    {
        WithheldReasons.AnotherPerson => "it is about somebody else",
        WithheldReasons.Secret => "it is a secret",
        _ => reason ?? "",
    };

    private static string Title(string service) => Titles.GetValueOrDefault(service, service);

    private static string Words(string name) => name.Replace('_', ' ').Replace('-', ' ');

    private static string At(DateTimeOffset at) =>
        $"<time datetime=\"{at.UtcDateTime:O}\">"
        + at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC</time>";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
