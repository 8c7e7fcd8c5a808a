using System.Net;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Pages;

public sealed class SigningInTests(PagesService service) : IClassFixture<PagesService>
{
    private const string Wrong = "The e-mail address or the password is not right.";

    [Fact]
    public async Task Who_knows_the_password_is_in_and_out_again_when_signed_out()
    {
        using var first = service.Browser();
        var email = await service.SignUpAsync(first);
        using var browser = service.Browser();

        (await PagesService.SignInAsync(browser, email)).Title.ShouldBe("Your sign-in");
        await browser.PressAsync(await browser.GoAsync("/identity/sign-out"), "Sign out");

        (await browser.GoAsync("/identity/security")).Title.ShouldBe("Sign in");
        (await first.GoAsync("/identity/security")).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task A_wrong_password_is_not_taken_nor_shown_again()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        using var other = service.Browser();

        var again = await PagesService.SignInAsync(other, email, PagesService.OtherPassword);

        again.Status.ShouldBe(422);
        again.Problems.ShouldBe([Wrong]);
        again.Html.ShouldNotContain(PagesService.OtherPassword);
        other.Cookies["eperfect.session"].ShouldBeNull();
    }

    [Fact]
    public async Task One_password_typed_on_another_keyboard_is_the_same()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser, password: "Caf\u00e9 am Fluss bei Nacht 12");
        using var other = service.Browser();

        (await PagesService.SignInAsync(other, email, "Cafe\u0301 am Fluss bei Nacht 12")).Title.ShouldBe("Your sign-in");
    }

    [Fact]
    public async Task Signing_in_leads_back_to_where_the_person_wanted_to_go()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        using var other = service.Browser();
        var page = await other.GoAsync("/identity/sign-in?returnUrl=%2Fconnect%2Fauthorize%3Fclient_id%3Dshop%26state%3Da%252Bb");

        using var answer = await other.PostAsync(page, "Sign in", ("Email", email), ("Password", PagesService.Password));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/connect/authorize?client_id=shop&state=a%2Bb");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~/../evil")]
    [InlineData("evil")]
    public async Task But_never_to_another_site(string url)
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        using var other = service.Browser();
        var page = await other.GoAsync($"/identity/sign-in?returnUrl={Uri.EscapeDataString(url)}");

        using var answer = await other.PostAsync(page, "Sign in", ("Email", email), ("Password", PagesService.Password));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/identity/security");
    }

    [Fact]
    public async Task Signing_up_leads_there_too()
    {
        using var browser = service.Browser();
        var email = PagesService.NewEmail();
        var page = await browser.GoAsync("/identity/sign-up?returnUrl=%2Fconnect%2Fauthorize%3Fclient_id%3Dshop");
        await browser.PressAsync(page, "Sign up", ("Email", email));
        var choose = await browser.GoAsync(await service.LinkAsync(email, "Finish"));

        using var answer = await browser.PostAsync(choose, "Finish", ("Password", PagesService.Password));

        answer.Headers.Location!.OriginalString.ShouldBe("/connect/authorize?client_id=shop");
    }

    [Fact]
    public async Task A_form_of_another_site_changes_nothing()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/identity/sign-in")
        {
            Content = new FormUrlEncodedContent([new("Email", email), new("Password", PagesService.Password)]),
        };
        using var other = service.Browser();

        using var answer = await other.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("This form was open for too long");
        other.Cookies["eperfect.session"].ShouldBeNull();
    }

    [Fact, Control("S21")]
    public async Task A_sign_in_from_a_new_device_is_told_by_mail_and_the_next_one_from_there_is_not()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        await PagesService.SignInAsync(browser, email);
        using var other = service.Browser();

        await PagesService.SignInAsync(other, email);
        await service.Mails.MailToAsync(email, "A sign-in from a new device");
        await PagesService.SignInAsync(other, email);
        await Task.Delay(TimeSpan.FromSeconds(2));

        (await service.Mails.MailsToAsync(email)).Count(mail => mail.Subject == "A sign-in from a new device").ShouldBe(1);
    }

    /// <summary>What a frontend keeps in its state is its own affair.</summary>
    [Fact]
    public async Task A_long_way_back_is_kept()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        using var other = service.Browser();
        var back = $"/connect/authorize?client_id=shop&state={new string('s', 4000)}";
        var page = await other.GoAsync($"/identity/sign-in?returnUrl={Uri.EscapeDataString(back)}");

        using var answer = await other.PostAsync(page, "Sign in", ("Email", email), ("Password", PagesService.Password));

        answer.Headers.Location!.OriginalString.ShouldBe(back);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours()
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);

        service.Clock.Move(TimeSpan.FromHours(12.1));

        (await browser.GoAsync("/identity/security")).Title.ShouldBe("Sign in");
    }

    [Fact]
    public async Task Another_instance_knows_the_session()
    {
        using var browser = service.Browser();
        await service.SignUpAsync(browser);
        await using var beside = await service.StartAsync(service.Running.Database);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/identity/security");
        request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(cookie => cookie.ToString())));
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = beside.Client.BaseAddress };

        using var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
