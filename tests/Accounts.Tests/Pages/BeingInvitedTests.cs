using EPerfect.Accounts.Tests.Slices;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>From the mail to the account, by clicks.</summary>
public sealed class BeingInvitedTests(PagesService service) : IClassFixture<PagesService>
{
    [Fact]
    public async Task The_link_in_the_mail_leads_through_signing_in_to_the_account()
    {
        var email = PagesService.NewEmail();
        using (var before = service.Browser()) await service.SignUpAsync(before, email);
        using var guest = service.Browser();
        await InviteAsync(email);

        var door = await guest.GoAsync(await service.LinkAsync(email, "invited"));
        door.Url.ShouldStartWith("/identity/sign-in?returnUrl=");
        var page = await guest.PressAsync(door, "Sign in", ("Email", email), ("Password", PagesService.Password));
        page.Title.ShouldBe("You are invited to an account");
        (await guest.PressAsync(page, "Accept the invitation")).Title.ShouldBe("You belong to the account");
    }

    [Fact]
    public async Task A_link_that_we_did_not_write_says_so()
    {
        using var guest = service.Browser();
        await service.SignUpAsync(guest);
        var page = await guest.GoAsync("/identity/invitation?token=not-ours");

        (await guest.PressAsync(page, "Accept the invitation")).Text.ShouldContain("No such invitation.");
    }

    private async Task InviteAsync(string email)
    {
        var opened = await service.Running.OpenAsync(AccountsService.Body());
        using var owner = TheOwner.Of(service.Running);
        (await owner.PostWithKeyAsync(
            $"{opened.Headers.Location}/members/invitations", new { email, role = "technical" })).EnsureSuccessStatusCode();
    }
}
