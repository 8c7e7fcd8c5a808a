using System.Net;
using EPerfect.Accounts.Tests.Pages;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Staff;

/// <summary>From the appointment over the API to the door, with nothing in between that stands for something.</summary>
public sealed class SigningInAsStaff(PagesService service) : IClassFixture<PagesService>
{
    [Fact]
    public async Task Who_was_appointed_needs_a_second_factor_from_then_on_and_who_was_dismissed_does_not()
    {
        await using var accounts = await service.StartAsync(service.Running.Database, ownRoster: true);
        using var browser = new Browser(accounts);
        var email = await service.SignUpAsync(browser);
        var person = await service.IdOfAsync(email);
        using var first = accounts.As(
            accounts.Issuer.Token((await accounts.FirstOperatorAsync()).ToString("D"), staff: ["operator"]));
        (await PagesService.SignInAsync(browser, email)).Title.ShouldBe("Your sign-in");

        (await first.PostWithKeyAsync("/api/accounts/staff", new { loginId = person, roles = new[] { "support" } }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PagesService.SignInAsync(browser, email)).Title.ShouldBe("Add an authenticator app");

        (await first.DeleteAsync($"/api/accounts/staff/{person}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PagesService.SignInAsync(browser, email)).Title.ShouldBe("Your sign-in");
    }
}
