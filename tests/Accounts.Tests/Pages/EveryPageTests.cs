using AngleSharp.Dom;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>What holds for every page: who cannot see it or has no mouse can use it, and no other site can.</summary>
public sealed class EveryPageTests(PagesService service) : IClassFixture<PagesService>
{
    public static TheoryData<string> Public =>
        ["sign-in", "sign-up", "forgotten-password", "mail-sent", "sign-out", "reset-password?token=x"];

    public static TheoryData<string> Own =>
    [
        "security", "authenticator", "passkeys/add", "change-password", "change-email", "recovery-codes",
    ];

    [Theory, MemberData(nameof(Public))]
    public async Task A_page_for_anyone_is_sound(string path)
    {
        using var browser = service.Browser();

        IsSound(await browser.GoAsync($"/identity/{path}"));
    }

    [Theory, MemberData(nameof(Own))]
    public async Task A_page_for_who_is_signed_in_is_sound_and_leads_others_to_sign_in(string path)
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);
        using var nobody = service.Browser();

        IsSound(await browser.GoAsync($"/identity/{path}"));
        var asked = await nobody.GoAsync($"/identity/{path}");
        asked.Title.ShouldBe("Sign in");
        asked.Url.ShouldEndWith($"?returnUrl={Uri.EscapeDataString($"/identity/{path}")}");
    }

    [Fact]
    public async Task A_form_that_failed_says_first_what_is_wrong_and_leads_to_it()
    {
        using var browser = service.Browser();

        var again = await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", "nobody"));

        IsSound(again);
        again.Document.Title.ShouldStartWith("Error: ");
        var summary = again.Document.QuerySelector(".errors")!;
        summary.GetAttribute("role").ShouldBe("alert");
        summary.HasAttribute("autofocus").ShouldBeTrue();
        summary.QuerySelector("a")!.GetAttribute("href").ShouldBe("#Email");
        var field = again.Document.QuerySelector("#Email")!;
        field.GetAttribute("aria-invalid").ShouldBe("true");
        field.GetAttribute("aria-describedby")!.ShouldContain("Email-error");
        field.GetAttribute("value").ShouldBe("nobody");
    }

    [Theory]
    [InlineData("sign-in", "Email", "username")]
    [InlineData("sign-in", "Password", "current-password")]
    [InlineData("sign-up", "Email", "username")]
    public async Task Password_managers_know_what_is_what(string path, string field, string autocomplete)
    {
        using var browser = service.Browser();

        (await browser.GoAsync($"/identity/{path}")).Document.QuerySelector($"#{field}")!
            .GetAttribute("autocomplete").ShouldBe(autocomplete);
    }

    [Fact]
    public async Task Cookies_are_the_registered_ones_and_out_of_reach_of_scripts_and_other_sites()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var page = await browser.GoAsync("/identity/sign-in");

        using var answer = await browser.PostAsync(page, "Sign in", ("Email", email), ("Password", PagesService.Password));

        browser.Cookies.Select(cookie => cookie.Name).Except(
            ["eperfect.session", "eperfect.antiforgery", "eperfect.second-factor", "eperfect.device"]).ShouldBeEmpty();
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie =>
            cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase)
            && cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase));
    }

    private static void IsSound(PageView page)
    {
        IsClosedToOthers(page.Answer);
        var document = page.Document;
        document.DocumentElement.GetAttribute("lang").ShouldBe("en");
        document.QuerySelectorAll("h1").ShouldHaveSingleItem();
        document.QuerySelector("main").ShouldNotBeNull();
        document.Title.ShouldEndWith(" - ePerfect");
        document.QuerySelectorAll("[id]").Select(element => element.Id).ShouldBeUnique();
        document.QuerySelectorAll("input:not([type=hidden])").ShouldAllBe(input => IsLabelled(document, input));
        document.QuerySelectorAll("form[method=post]").ShouldAllBe(form => form.QuerySelector("[name=antiforgery]") != null);
        document.QuerySelectorAll("[style], script:not([src]), [onclick], [onsubmit]").ShouldBeEmpty();
        document.QuerySelectorAll("svg").ShouldAllBe(picture => picture.HasAttribute("aria-label"));
    }

    private static bool IsLabelled(IDocument document, IElement input) =>
        document.QuerySelector($"label[for='{input.Id}']") is not null && input.HasAttribute("autocomplete");

    private static void IsClosedToOthers(HttpResponseMessage answer)
    {
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; ");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("form-action 'self' https://shop.example");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }
}
