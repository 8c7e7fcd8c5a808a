using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

/// <summary>The link from the mail to the new address. The old one hears of it, and the account follows.</summary>
internal sealed class ChangeEmailConfirm(
    ProvingAddresses addresses,
    UserManager<Login> users,
    Logins logins,
    Letters letters,
    Activity activity,
    IdentityDatabase database,
    FollowSignIn follow) : IdentityPage
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string? Token { get; set; }

    public string? Address { get; private set; }

    public Task<IActionResult> OnGetAsync() => ProvenAsync((_, _) => Task.FromResult<IActionResult>(Page()));

    public Task<IActionResult> OnPostAsync() => ProvenAsync(async (pending, login) =>
    {
        var former = await logins.AddressOfAsync(login, Gone);
        var isMoved = await database.AsOneAsync(async () =>
        {
            if (!await addresses.MoveAsync(pending, login)) return false;
            await activity.RecordAsync(HttpContext, login.Id, ActivityKinds.AddressChanged, Gone);
            if (former is not null) await letters.ToFormerAsync(login, former, Gone);
            return true;
        });
        if (!isMoved) return Old();
        await follow.FollowAsync(pending, Gone);
        return SeeOther("/identity/sign-in");
    });

    private async Task<IActionResult> ProvenAsync(Func<PendingAddress, Login, Task<IActionResult>> step)
    {
        if (await addresses.FindAsync(Token, Gone) is not { LoginId: { } id } pending) return Old();
        if (await users.FindByIdAsync(id.ToString("D")) is not { } login) return Old();
        Address = await addresses.AddressOfAsync(pending, Gone);
        return Address is null ? Old() : await step(pending, login);
    }

    private static ViewResult Old() => Trouble.OldLink.Answer(StatusCodes.Status410Gone);
}
