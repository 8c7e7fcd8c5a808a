using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>No browser sends it. Who does gets a refusal, and nothing is changed.</summary>
public sealed class MalformedFormTests(PagesService service) : IClassFixture<PagesService>
{
    private const string Rows =
        """
        select sum((xpath('/row/c/text()', query_to_xml(
            format('select count(*) as c from %I.%I', schemaname, tablename), false, true, '')))[1]::text::bigint)::bigint
        from pg_tables where schemaname in ('identity', 'store')
        """;

    public static TheoryData<string> Pages =>
    [
        "sign-in", "sign-up", "forgotten-password", "sign-out", "security", "authenticator", "passkeys/add",
        "change-password", "change-email", "recovery-codes",
    ];

    [Theory, MemberData(nameof(Pages))]
    public async Task U0000_in_any_field_is_refused_in_either_encoding(string path)
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);
        var page = await browser.GoAsync($"/identity/{path}");
        page.Url.ShouldBe($"/identity/{path}");
        var before = await service.CountAsync(Rows);

        foreach (var (action, fields, spoilt) in Forms(page))
        {
            fields[spoilt] = $"a\0{PagesService.NewEmail()}";
            await IsRefusedAsync(browser, action, new FormUrlEncodedContent(fields), 400, "malformed-request");
            var parts = new MultipartFormDataContent();
            foreach (var (name, value) in fields) parts.Add(new StringContent(value), name);
            await IsRefusedAsync(browser, action, parts, 422, "text-invalid");
        }

        (await service.CountAsync(Rows)).ShouldBe(before);
    }

    [Theory]
    [InlineData("multipart/form-data", "--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"Email\"\r\n\r\na")]
    [InlineData("application/x-www-form-urlencoded", "Email=%00")]
    public async Task What_is_no_form_is_refused(string type, string body)
    {
        using var browser = service.Browser();
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        await IsRefusedAsync(browser, "/identity/sign-in", content, 400, "malformed-request");
    }

    [Theory]
    [InlineData("sign-in?returnUrl=%00")]
    [InlineData("sign-in?handler=%00")]
    [InlineData("reset-password?token=%00")]
    [InlineData("sign-up/confirm?token=a%00b")]
    [InlineData("invitation?token=%00")]
    public async Task U0000_in_a_link_is_refused(string link)
    {
        using var browser = service.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/identity/{link}");

        var answer = await browser.SendAsync(request);

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((422, "text-invalid"));
    }

    [Theory]
    [InlineData("/%C3%A9")]
    [InlineData("/%E2%80%A8")]
    [InlineData("/a%0D%0AX:1")]
    public async Task Who_signs_in_is_sent_nowhere_that_no_header_can_name(string to)
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        using var other = service.Browser();

        var page = await other.GoAsync($"/identity/sign-in?returnUrl={to}");
        var answer = await other.PostAsync(page, "Sign in", ("Email", email), ("Password", PagesService.Password));

        (answer.StatusCode, answer.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.SeeOther, "/identity/security"));
        (await other.GoAsync("/identity/security")).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task A_method_that_no_page_has_is_refused()
    {
        using var browser = service.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Trace, "/identity/sign-in");

        var answer = await browser.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "OPTIONS", "POST"]);
    }

    /// <summary>A page of several buttons does nothing without one, and does not show itself half made.</summary>
    [Theory]
    [InlineData("security", "Sign out everywhere")]
    [InlineData("passkeys/add", "Add a passkey")]
    public async Task A_form_that_presses_no_button_is_refused(string path, string button)
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);
        var page = await browser.GoAsync($"/identity/{path}");
        var field = page.FormOf(button).QuerySelector<IHtmlInputElement>("[name=antiforgery]")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/identity/{path}")
        {
            Content = new FormUrlEncodedContent([new(field.Name!, field.Value)]),
        };

        (await browser.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    private static IEnumerable<(string Action, Dictionary<string, string> Fields, string Spoilt)> Forms(PageView page)
    {
        var forms = page.Document.QuerySelectorAll<IHtmlFormElement>("form").ToArray();
        forms.ShouldNotBeEmpty();
        return
            from form in forms
            let inputs = form.QuerySelectorAll<IHtmlInputElement>("input[name]").ToArray()
            from spoilt in inputs.Select(input => input.Name!).Append("unknown")
            let action = form.GetAttribute("action") is { Length: > 0 } named ? named : page.Url
            select (action, inputs.ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal), spoilt);
    }

    private static async Task IsRefusedAsync(Browser browser, string action, HttpContent form, int status, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = form };
        var answer = await browser.SendAsync(request);
        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
    }
}
