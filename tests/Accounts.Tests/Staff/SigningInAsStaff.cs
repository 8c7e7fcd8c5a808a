using System.Net;
using EPerfect.Accounts.Tests.Pages;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Staff;

/// <summary>From the appointment over the API to the door, with nothing in between that stands for something.</summary>
public sealed class SigningInAsStaff(PagesService service) : IClassFixture<PagesService>
{
    [Fact, Control("S21")]
    public async Task Only_who_has_a_second_factor_is_appointed_and_keeps_one_until_dismissed()
    {
        await using var accounts = await service.StartAsync(service.Running.Database, ownRoster: true);
        using var browser = new Browser(accounts);
        var email = await service.SignUpAsync(browser);
        var person = await service.IdOfAsync(email);
        using var first = accounts.As(
            accounts.Issuer.Token((await accounts.FirstOperatorAsync()).ToString("D"), staff: ["operator"]));
        var appointment = new { loginId = person, roles = new[] { "support" } };

        // Whoever knew the password could add a factor of their own, and be staff.
        var refused = await first.PostWithKeyAsync("/api/accounts/staff", appointment);
        (refused.StatusCode, await refused.ProblemCodeAsync())
            .ShouldBe((HttpStatusCode.UnprocessableEntity, "staff-factor-missing"));
        await PagesService.SignInAsync(browser, email);
        await AuthenticatorApp.AddAsync(browser, service.Clock);
        (await first.PostWithKeyAsync("/api/accounts/staff", appointment)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await RemoveAsync(browser)).Problems.ShouldHaveSingleItem().ShouldStartWith("Your work here needs a second factor.");
        (await first.DeleteAsync($"/api/accounts/staff/{person}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RemoveAsync(browser)).Problems.ShouldBeEmpty();
    }

    private static async Task<PageView> RemoveAsync(Browser browser) =>
        await browser.PressAsync(await browser.GoAsync("/identity/security"), "Remove the app");
}
