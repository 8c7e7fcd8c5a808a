using EPerfect.Accounts.Members;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

/// <summary>Where an invitation's link leads. Looking uses nothing up: mail scanners look too.</summary>
internal sealed class Invitation(AcceptInvitation acceptance) : SignedInPage
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty(SupportsGet = true, Name = "done")]
    public string? Done { get; set; }

    public bool IsDone => Done is not null;

    public string? Problem { get; private set; }

    protected override bool DemandsFresh => false;

    public async Task<IActionResult> OnPostAsync()
    {
        if (await acceptance.AcceptAsync(Token ?? "", Login.Id, Gone) is not { } refusal)
            return SeeOther("/identity/invitation?done=1");
        Problem = refusal.Rule;
        Response.StatusCode = refusal.Status;
        return Page();
    }
}
