using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>A browser without script: keeps cookies, follows what it is told, fills in forms by what is on the
/// page.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClientHandler handler;
    private readonly HttpClient client;
    private readonly TestService service;

    public Browser(TestService service, string address = "203.0.113.7")
    {
        this.service = service;
        handler = new HttpClientHandler { AllowAutoRedirect = false };
        client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
    }

    public CookieCollection Cookies => handler.CookieContainer.GetCookies(client.BaseAddress!);

    public void Forget(string cookie) => Cookies[cookie]!.Expired = true;

    public async Task<PageView> GoAsync(string url) => await FollowAsync(await client.GetAsync(Local(url)), url);

    /// <summary>Presses a button, with what was typed before.</summary>
    public async Task<PageView> PressAsync(PageView page, string button, params (string Name, string Value)[] typed) =>
        await FollowAsync(await PostAsync(page, button, typed), page.Url);

    /// <summary>The same, without following.</summary>
    public Task<HttpResponseMessage> PostAsync(PageView page, string button, params (string Name, string Value)[] typed) =>
        PostAsync(page, button, CancellationToken.None, typed);

    public Task<HttpResponseMessage> PostAsync(
        PageView page, string button, CancellationToken cancellationToken, params (string Name, string Value)[] typed)
    {
        var form = page.FormOf(button);
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input")
            .Where(input => !string.IsNullOrEmpty(input.Name))
            .ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
        foreach (var select in form.QuerySelectorAll<IHtmlSelectElement>("select")) fields[select.Name!] = select.Value ?? "";
        foreach (var (name, value) in typed)
        {
            fields.Keys.ShouldContain(name);
            fields[name] = value;
        }

        var action = form.GetAttribute("action") is { Length: > 0 } named ? named : page.Url;
        return client.PostAsync(Local(action), new FormUrlEncodedContent(fields), cancellationToken);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => client.SendAsync(request);

    public void Dispose() => client.Dispose();

    /// <summary>Mails name the gateway.</summary>
    private static Uri Local(string url) => Uri.TryCreate(url, UriKind.Absolute, out var whole) && whole.Scheme != "file"
        ? new Uri(whole.PathAndQuery, UriKind.Relative)
        : new Uri(url, UriKind.Relative);

    private async Task<PageView> FollowAsync(HttpResponseMessage answer, string url)
    {
        for (var hops = 0; hops < 10 && answer.Headers.Location is { } next; hops++)
        {
            url = next.OriginalString;
            if (!url.StartsWith("/identity/", StringComparison.Ordinal)) break;
            answer = await client.GetAsync(Local(url));
        }

        if ((int)answer.StatusCode == 500)
            throw new ShouldAssertException(string.Join('\n', service.Log.Lines.Where(line => !line.StartsWith("Info"))));
        return await PageView.ReadAsync(answer, url);
    }
}

/// <summary>What the browser shows.</summary>
internal sealed record PageView(string Url, HttpResponseMessage Answer, string Html, IHtmlDocument Document)
{
    public int Status => (int)Answer.StatusCode;

    public string Title => Document.QuerySelector("h1")?.TextContent ?? "";

    /// <summary>What a person reads.</summary>
    public string Text => string.Join(' ', Document.QuerySelector("main")?.TextContent
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? []);

    /// <summary>What is said to be wrong.</summary>
    public string[] Problems => [.. Document.QuerySelectorAll(".errors li").Select(item => item.TextContent.Trim())];

    public IHtmlFormElement FormOf(string button) => Document.QuerySelectorAll<IHtmlButtonElement>("button")
        .FirstOrDefault(one => one.TextContent.Trim() == button)?.Form
        ?? throw new ShouldAssertException($"There is no button '{button}' on '{Title}' ({Status}): {Html}");

    public static async Task<PageView> ReadAsync(HttpResponseMessage answer, string url)
    {
        var html = await answer.Content.ReadAsStringAsync();
        var document = await new HtmlParser().ParseDocumentAsync(html);
        return new PageView(url, answer, html, document);
    }
}
