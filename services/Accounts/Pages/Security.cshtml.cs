using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

/// <summary>All about the own sign-in on one page. Reading takes a session; changing takes one that is fresh.</summary>
internal sealed class Security(
    Logins logins,
    Passkeys passkeys,
    Authenticators authenticators,
    AddingFactors factors,
    IStaffRoles staff,
    Sessions sessions,
    SignedInElsewhere elsewhere,
    Activity activity,
    IdentityDatabase database) : SignedInPage
{
    private const int Shown = 20;
    private const string LastFactor = "Your work here needs a second factor. Add another one before you remove this one.";

    [BindProperty]
    public string? Id { get; set; }

    public string? Address { get; private set; }

    public IReadOnlyList<(string Id, string Name, DateTimeOffset AddedAt)> Passkeys { get; private set; } = [];

    public int RecoveryCodes { get; private set; }

    public IReadOnlyList<Happening> Happenings { get; private set; } = [];

    public bool HasFactors => Login.TwoFactorEnabled || Passkeys.Count > 0;

    protected override bool DemandsFresh => HttpMethods.IsPost(Request.Method);

    public async Task OnGetAsync()
    {
        Address = await logins.AddressOfAsync(Login, Gone);
        Passkeys = await passkeys.ListAsync(Login);
        RecoveryCodes = await authenticators.CountRecoveryCodesAsync(Login);
        Happenings = await activity.ListAsync(Login.Id, Shown, after: null, Gone);
    }

    public Task<IActionResult> OnPostRemoveAuthenticatorAsync() =>
        RemoveAsync(() => factors.RemoveAuthenticatorAsync(HttpContext, Login, Gone));

    public Task<IActionResult> OnPostRemovePasskeyAsync() =>
        RemoveAsync(() => factors.RemovePasskeyAsync(HttpContext, Login, Id ?? "", Gone));

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        await database.AsOneAsync(async () =>
        {
            await elsewhere.EndAsync(Login, Gone);
            await activity.RecordAsync(HttpContext, Login.Id, ActivityKinds.SignedOutEverywhere, Gone);
        });
        await sessions.EndAsync(HttpContext);
        return SeeOther("/identity/sign-out?done=1");
    }

    private async Task<IActionResult> RemoveAsync(Func<Task> remove)
    {
        await OnGetAsync();
        var factorsNow = Passkeys.Count + (Login.TwoFactorEnabled ? 1 : 0);
        if (factorsNow < 2 && await staff.IsStaffAsync(Login.Id, Gone)) return Again("", LastFactor);
        await remove();
        await sessions.RenewAsync(HttpContext, Session, Session.Proven);
        return SeeOther("/identity/security");
    }
}
