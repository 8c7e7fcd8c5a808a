using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

/// <summary>The link from the mail. Looking at it uses nothing up: machines look at links too.</summary>
internal sealed class SignUpConfirm(
    ProvingAddresses addresses, PasswordRules rules, Passwords passwords, SigningIn signingIn, Activity activity) : IdentityPage
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string? Token { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public string? Address { get; private set; }

    public Task<IActionResult> OnGetAsync() => ProvenAsync((_, _) => Task.FromResult<IActionResult>(Page()));

    public Task<IActionResult> OnPostAsync() => ProvenAsync(async (pending, address) =>
    {
        var password = PasswordRules.Normalise(Password ?? "");
        if (await rules.WhyNotAsync(password, address, Gone) is { } problem) return Again(nameof(Password), problem);
        ReturnUrl = addresses.ReturnUrlOf(pending);
        var hash = await passwords.HashAsync(password, Gone);
        if (await addresses.SignUpAsync(pending, hash, Gone) is not { } login) return Old();
        await activity.RecordAsync(HttpContext, login.Id, ActivityKinds.SignedUp, Gone);
        return SeeOther(await signingIn.GoOnAsync(
            HttpContext, login, [Sessions.Password], Next, hasJustSignedUp: true, Gone));
    });

    private async Task<IActionResult> ProvenAsync(Func<PendingAddress, string, Task<IActionResult>> step)
    {
        if (await addresses.FindAsync(Token, Gone) is not { LoginId: null } pending) return Old();
        Address = await addresses.AddressOfAsync(pending, Gone);
        return Address is null ? Old() : await step(pending, Address);
    }

    private static ViewResult Old() => Trouble.OldLink.Answer(StatusCodes.Status410Gone);
}
