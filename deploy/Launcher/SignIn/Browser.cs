using System.Net;

namespace EPerfect.Launcher.SignIn;

/// <summary>Looks at the platform's pages as a browser without script does: cookies, redirects, forms.</summary>
internal sealed class Browser : IDisposable
{
    private const int MostHops = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly HttpClient client;
    private readonly Uri end;

    /// <param name="gateway">Whose pages.</param>
    /// <param name="end">Where it does not go any more: the client's own address.</param>
    /// <param name="outer">What each request passes first; null for nothing.</param>
    public Browser(Uri gateway, Uri end, DelegatingHandler? outer = null)
    {
        this.end = end;
        HttpMessageHandler handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (outer is not null)
        {
            outer.InnerHandler = handler;
            handler = outer;
        }

        client = new HttpClient(handler) { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Goes to an address and wherever it leads, until there is a page, or the end.</summary>
    public Task<WebPage> GoAsync(string address, CancellationToken ct) =>
        FollowAsync(new HttpRequestMessage(HttpMethod.Get, address), ct);

    /// <summary>Fills the form that asks for these fields, and sends it.</summary>
    public Task<WebPage> SendAsync(WebPage page, CancellationToken ct, params IReadOnlyList<(string Name, string Value)> fields)
    {
        var form = HtmlForm.Find(page.Html, fields.Select(field => field.Name)) ?? throw new LaunchException(
            $"The page \"{page.Title}\" ({(int)page.Status}) asks for no " +
            string.Join(", ", fields.Select(field => field.Name)));
        foreach (var (name, value) in fields)
            form.Fields[name] = value;
        var address = form.Action.Length == 0 ? page.Address : new Uri(page.Address, form.Action);
        return FollowAsync(
            new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form.Fields) }, ct);
    }

    /// <summary>Past the pages: a client's own request.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content, CancellationToken ct) =>
        client.PostAsync(path, content, ct);

    public void Dispose() => client.Dispose();

    private async Task<WebPage> FollowAsync(HttpRequestMessage request, CancellationToken ct)
    {
        for (var hop = 0; hop < MostHops; hop++)
        {
            using var response = await client.SendAsync(request, ct);
            var at = response.RequestMessage!.RequestUri!;
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable && request.Method == HttpMethod.Get)
            {
                // What a person does who reads "try again".
                await Task.Delay(Pause, ct);
                request = new HttpRequestMessage(HttpMethod.Get, at);
                continue;
            }

            request.Dispose();
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } location)
                return new WebPage(at, response.StatusCode, await response.Content.ReadAsStringAsync(ct));
            var next = new Uri(at, location);
            if (string.Equals(next.GetLeftPart(UriPartial.Path), end.AbsoluteUri, StringComparison.Ordinal))
                return new WebPage(next, response.StatusCode, "");
            request = new HttpRequestMessage(HttpMethod.Get, next);
        }

        request.Dispose();
        throw new LaunchException("The pages lead in a circle");
    }
}
