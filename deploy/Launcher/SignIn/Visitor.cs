using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Web;

namespace EPerfect.Launcher.SignIn;

/// <summary>
/// A person in front of a browser, and the program that the person uses: signs up and in through the pages, and from
/// then on knows a token that is good.
/// </summary>
internal sealed partial class Visitor : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private readonly Browser browser;
    private readonly string clientId;
    private readonly Uri redirect;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private readonly List<string> issued = [];
    private CodeFlow? flow;
    private Tokens? tokens;

    /// <param name="gateway">The only door.</param>
    /// <param name="client">The client, and where it gets its codes.</param>
    /// <param name="outer">What each request passes first; null for nothing.</param>
    /// <param name="clock">By which tokens end; null for the machine's.</param>
    public Visitor(
        Uri gateway, (string Id, Uri Redirect) client, DelegatingHandler? outer = null, TimeProvider? clock = null)
    {
        ((clientId, redirect), browser) = (client, new Browser(gateway, client.Redirect, outer));
        this.clock = clock ?? TimeProvider.System;
    }

    public bool IsSignedIn => tokens is not null;

    /// <summary>What may be found nowhere: the password, and all that was issued.</summary>
    public IReadOnlyList<string> Secrets => [Password, .. issued];

    private string Password { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));

    /// <summary>Begins at the client, which sends to the pages; there chooses to sign up.</summary>
    /// <returns>The page that sends to the mailbox.</returns>
    public async Task<WebPage> AskToSignUpAsync(string email, CancellationToken ct)
    {
        flow = new CodeFlow(clientId, redirect, clock);
        var signIn = await browser.GoAsync(flow.Address, ct);
        var signUp = await browser.GoAsync(signIn.LinkTo("/identity/sign-up"), ct);
        return await browser.SendAsync(signUp, ct, ("Email", email));
    }

    /// <summary>Follows the link of the mail, chooses a password, and is signed in.</summary>
    public async Task FinishSigningUpAsync(string mail, CancellationToken ct)
    {
        var link = new Uri(Link.Match(mail).Value);
        issued.Add(link.Query[(link.Query.IndexOf('=') + 1)..]);
        var choose = await browser.GoAsync(link.PathAndQuery, ct);
        await ExchangeAsync(await browser.SendAsync(choose, ct, ("Password", Password)), ct);
    }

    /// <summary>Opens a page of its own and sends its form.</summary>
    /// <returns>The page after it.</returns>
    public async Task<WebPage> FillAsync(
        string address, Func<WebPage, IReadOnlyList<(string Name, string Value)>> fields, CancellationToken ct)
    {
        var page = await browser.GoAsync(address, ct);
        return await browser.SendAsync(page, ct, fields(page));
    }

    /// <summary>With the password, whether there is a session or not.</summary>
    /// <param name="email">Who.</param>
    /// <param name="code">For who has a second factor.</param>
    /// <param name="ct">Gives up.</param>
    public async Task SignInAsync(string email, string? code, CancellationToken ct)
    {
        flow = new CodeFlow(clientId, redirect, clock);
        var page = await browser.GoAsync(flow.Address + "&prompt=login", ct);
        page = await browser.SendAsync(page, ct, ("Email", email), ("Password", Password));
        await ExchangeAsync(code is null ? page : await browser.SendAsync(page, ct, ("Code", code)), ct);
    }

    /// <summary>Goes where a program sends the browser of who is signed in.</summary>
    /// <returns>Where the browser is sent back to.</returns>
    public async Task<Uri> GoForAsync(string address, CancellationToken ct)
    {
        var end = (await browser.GoAsync(address, ct)).Address;
        issued.AddRange(HttpUtility.ParseQueryString(end.Query).GetValues("code") ?? []);
        return end;
    }

    /// <summary>Comes back to the client: the session of the browser is enough, no page asks for anything.</summary>
    public async Task ReturnAsync(CancellationToken ct)
    {
        flow = new CodeFlow(clientId, redirect, clock);
        await ExchangeAsync(await browser.GoAsync(flow.Address, ct), ct);
    }

    /// <summary>A token that is good for a while yet.</summary>
    public async Task<string> AccessTokenAsync(CancellationToken ct)
    {
        if (tokens is { } good && clock.GetUtcNow() + Margin < good.Until)
            return good.Access;
        return await RefreshAsync(ct);
    }

    /// <summary>New tokens, which name the accounts that the person has by now.</summary>
    public async Task<string> RefreshAsync(CancellationToken ct)
    {
        var before = tokens ?? throw new LaunchException("Nobody has signed in");
        await oneAtATime.WaitAsync(ct);
        try
        {
            // Whoever waited meanwhile gets what the other got.
            if (ReferenceEquals(before, tokens))
                Keep(await flow!.RefreshAsync(browser, before, ct));
            return tokens.Access;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose()
    {
        browser.Dispose();
        oneAtATime.Dispose();
    }

    private async Task ExchangeAsync(WebPage end, CancellationToken ct)
    {
        Keep(await flow!.ExchangeAsync(browser, end, ct));
        issued.Add(HttpUtility.ParseQueryString(end.Address.Query)["code"]!);
    }

    private void Keep(Tokens fresh)
    {
        tokens = fresh;
        issued.AddRange([fresh.Access, fresh.Refresh]);
    }

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, 1000)]
    private static partial Regex Link { get; }
}
