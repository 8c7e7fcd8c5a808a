using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EPerfect.Operations.Pages;

/// <summary>Ends the session of these pages in this browser.</summary>
internal sealed class Leave(SignIn signIn) : PageModel
{
    public IActionResult OnPost()
    {
        signIn.Forget(Response);
        return Trouble.SignedOut.Answer(StatusCodes.Status200OK);
    }
}
