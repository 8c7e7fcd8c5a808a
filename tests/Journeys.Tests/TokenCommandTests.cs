using System.Net.Http.Headers;
using EPerfect.Launcher;
using EPerfect.Launcher.Commands;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>deploy/token: whoever signs in by a browser may ask from a shell.</summary>
public sealed class TokenCommandTests(RunningPlatform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_brings_back_where_the_browser_was_sent_gets_a_token_that_is_good()
    {
        using var customer = new TestCustomer(platform);
        await customer.SignUpAsync();
        await using var said = new StringWriter();
        using var person = new AtABrowser(said, customer);

        var token = await Token.OfAsync(platform.Gateway, person, said, Ct);

        using var shell = new HttpClient { BaseAddress = platform.Gateway };
        shell.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await shell.GetAsync("/api/accounts/me/activity", Ct)).EnsureSuccessStatusCode();
        said.ToString().ShouldNotContain(token);
    }

    [Fact]
    public async Task Who_brings_back_something_else_gets_none()
    {
        foreach (var brought in (string[])["", "I am in", "http://127.0.0.1/console/signed-in?code=abc&state=another"])
        {
            using var answers = new StringReader(brought);
            await using var said = new StringWriter();
            await Should.ThrowAsync<LaunchException>(() => Token.OfAsync(platform.Gateway, answers, said, Ct));
        }
    }

    /// <summary>Opens what is said, and tells where that ended.</summary>
    private sealed class AtABrowser(StringWriter said, TestCustomer who) : TextReader
    {
        public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        {
            var address = said.ToString().Split('\n').Select(line => line.Trim())
                .Single(line => line.StartsWith("http", StringComparison.Ordinal));
            return (await who.GoForAsync(new Uri(address))).AbsoluteUri;
        }
    }
}
