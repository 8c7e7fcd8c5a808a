using System.Net;
using System.Text.RegularExpressions;
using EPerfect.Testing;

namespace EPerfect.Operations.Tests;

/// <summary>The pages: who gets them, how one gets there, and what no form of another site can do.</summary>
public sealed partial class ShowingPages(PostgresServer postgres)
{
    private static readonly string[] Paths =
    [
        "/operations", "/operations/messages", "/operations/traces", "/operations/actions",
        "/operations/order?what=stop&of=charge", "/operations/leave",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_led_to_the_sign_in_and_remembered_where_to()
    {
        await using var issuer = await TestIssuer.StartAsync(cancellationToken: Token);
        await using var operations = await OperationsOver.StartAsync(issuer, ("orders", StandIn.Nowhere()));
        using var browser = operations.Browser(token: null);

        foreach (var path in Paths)
        {
            var answer = await browser.GetAsync(path, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
            answer.Headers.Location!.OriginalString.ShouldBe($"/operations/sign-in?to={Uri.EscapeDataString(path)}");
        }

        var asked = (await browser.GetAsync("/operations/sign-in?to=/operations/messages", Token)).Headers.Location!.ToString();
        asked.ShouldStartWith($"{issuer.Issuer}connect/authorize?client_id=operations&response_type=code");
        asked.ShouldContain("code_challenge_method=S256");
    }

    [Fact]
    public async Task Who_comes_back_with_a_code_that_this_browser_did_not_ask_for_is_not_signed_in()
    {
        await using var issuer = await TestIssuer.StartAsync(cancellationToken: Token);
        await using var operations = await OperationsOver.StartAsync(issuer, ("orders", StandIn.Nowhere()));
        using var browser = operations.Browser(token: null);

        foreach (var query in new[] { "", "?code=1", "?code=1&state=", "?code=1&state=2", "?error=access_denied&state=2" })
        {
            var answer = await browser.GetAsync($"/operations/signed-in{query}", Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, query);
            (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("You were not signed in");
        }
    }

    [Fact]
    public async Task Who_is_signed_in_but_no_operator_is_told_so()
    {
        await using var issuer = await TestIssuer.StartAsync(cancellationToken: Token);
        await using var operations = await OperationsOver.StartAsync(issuer, ("orders", StandIn.Nowhere()));
        using var lawyer = operations.Browser(issuer.Token(staff: ["legal", "support", "billing", "privacy-officer"]));

        foreach (var path in Paths)
        {
            var answer = await lawyer.GetAsync(path, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("You are no operator");
        }
    }

    [Fact]
    public async Task An_operator_sees_what_there_is_and_who_does_not_answer()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer, ("orders", orders.Client.BaseAddress!), ("domains", StandIn.Nowhere()));
        using var browser = operations.Browser(orders.Issuer.Token(staff: ["operator"]));

        var answer = await browser.GetAsync("/operations", Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; style-src 'self'");
        foreach (var section in (string[])["effects", "failed", "stuck", "lag", "queues", "due"])
            Section(section).ShouldContain("Not known of: domains (no-answer)", Case.Sensitive, section);
        page.ShouldContain("Stop charge");
        page.ShouldNotContain("<script");
        page.ShouldNotContain(" style=");

        string Section(string name)
        {
            var begin = page.IndexOf($"<section aria-labelledby=\"{name}\"", StringComparison.Ordinal);
            return page[begin..page.IndexOf("</section>", begin, StringComparison.Ordinal)];
        }
    }

    [Theory]
    [InlineData("orders", "0199a1b2")]
    [InlineData("domains", "example.com")]
    [InlineData("traces", "0af7651916cd43dd8448eb211c80319c")]
    public async Task Whatever_a_customer_quotes_leads_to_what_happened(string kind, string quoted)
    {
        await using var issuer = await TestIssuer.StartAsync(cancellationToken: Token);
        await using var operations = await OperationsOver.StartAsync(issuer, ("orders", StandIn.Nowhere()));
        using var browser = operations.Browser(issuer.Token(staff: ["operator"]));

        var answer = await browser.GetAsync($"/operations?handler=Find&kind={kind}&id=%20{quoted}", Token);

        answer.Headers.Location!.OriginalString.ShouldBe($"/operations/{kind}/{quoted}");
    }

    [Fact]
    public async Task A_cookie_opens_the_pages_and_never_the_API()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        using var browser = operations.Browser(orders.Issuer.Token(staff: ["operator"]));

        (await browser.GetAsync("/api/operations/health", Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.PostWithKeyAsync("/api/operations/effects/charge/stop", new { reason = "incident:1" })).StatusCode
            .ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_order_is_given_once_by_its_form_and_not_at_all_by_a_form_of_another_site()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        using var browser = operations.Browser(orders.Issuer.Token(staff: ["operator"]));
        var form = FieldsOf(await browser.GetStringAsync("/operations/order?what=stop&of=charge", Token));
        form["Reason"] = "incident:charged-twice";

        var forged = form.Where(field => field.Key != "antiforgery").ToDictionary();
        (await PostAsync(browser, forged)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await IsStoppedAsync(browser)).ShouldBeFalse();

        for (var time = 0; time < 2; time++)
        {
            var answer = await PostAsync(browser, form);
            answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            answer.Headers.Location!.OriginalString.ShouldBe("/operations?done=stop");
        }

        (await IsStoppedAsync(browser)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("stop", "charge", "Ann said so", 422)]
    [InlineData("stop", "refund", "incident:1", 422)]
    [InlineData("failed-messages/replay", "nobody.hears-it", "incident:1", 422)]
    [InlineData("try", "orders", "incident:1", 422)]
    [InlineData("delete", "orders", "incident:1", 404)]
    public async Task What_cannot_be_ordered_is_said_on_the_page_and_changes_nothing(
        string what, string of, string reason, int status)
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        using var browser = operations.Browser(orders.Issuer.Token(staff: ["operator"]));
        var form = FieldsOf(await browser.GetStringAsync("/operations/order?what=stop&of=charge", Token));
        (form["What"], form["Of"], form["Reason"]) = (what, of, reason);

        var answer = await PostAsync(browser, form);

        ((int)answer.StatusCode).ShouldBe(status);
        (await IsStoppedAsync(browser)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_story_of_nothing_and_a_trace_of_nothing_are_not_found()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        using var browser = operations.Browser(orders.Issuer.Token(staff: ["operator"]));

        foreach (var path in new[] { $"orders/{Guid.NewGuid()}", "orders/nonsense", $"traces/{new string('0', 32)}", "traces/x" })
            (await browser.GetAsync($"/operations/{path}", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
    }

    internal static async Task<bool> IsStoppedAsync(HttpClient browser) =>
        (await browser.GetStringAsync("/operations", Token)).Contains("Resume charge", StringComparison.Ordinal);

    internal static async Task<HttpResponseMessage> PostAsync(HttpClient browser, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await browser.PostAsync("/operations/order", content, Token);
    }

    internal static Dictionary<string, string> FieldsOf(string page) => Input().Matches(page).ToDictionary(
        input => input.Groups["name"].Value, input => WebUtility.HtmlDecode(input.Groups["value"].Value));

    [GeneratedRegex("""
        <input\ type="hidden"\ name="(?<name>\w+)"\ value="(?<value>[^"]*)"
        |<input\ name="(?<name>antiforgery)"\ type="hidden"\ value="(?<value>[^"]*)"
        """, RegexOptions.IgnorePatternWhitespace, 1000)]
    private static partial Regex Input();
}
