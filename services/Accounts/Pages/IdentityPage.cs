using System.Text;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.PersonalDetails;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EPerfect.Accounts.Pages;

/// <summary>What the pages have in common: where the person goes on afterwards, and how a form that is not right is
/// shown again.</summary>
internal abstract class IdentityPage : PageModel
{
    private const string Home = "/identity/security";
    private const int LongestUrl = 6000;

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Never another site: who could send people on from here would borrow our name. And nothing that a header cannot
    /// carry.</summary>
    public string Next =>
        ReturnUrl is ['/', ..] url && url.Length <= LongestUrl && Url.IsLocalUrl(url) && Ascii.IsValid(url) ? url : Home;

    /// <summary>Who reads may go. Who changes something does not undo by hanging up what follows from it: the entry in the
    /// history, the mail that warns the owner.</summary>
    protected CancellationToken Gone =>
        HttpMethods.IsPost(Request.Method) ? CancellationToken.None : HttpContext.RequestAborted;

    protected static IActionResult SeeOther(string url) => new SeeOther(url);

    /// <summary>The form again, with what is wrong and where.</summary>
    protected IActionResult Again(string field, string problem)
    {
        ModelState.AddModelError(field, problem);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    protected string At(string page) => $"{page}?returnUrl={Uri.EscapeDataString(Next)}";

    /// <summary>Asks for a mail to this address. What follows from it is told by mail alone.</summary>
    protected async Task<IActionResult> SendMailAsync(string? typed, SameTime sameTime, Func<string, Task> ask)
    {
        if (typed?.Trim() is not { } email || Contact.CheckEmail(email) is not null)
            return Again("Email", "Enter an e-mail address, such as name@host.example.");
        return await sameTime.TakeAsync(
            async () =>
            {
                await ask(email);
                return SeeOther("/identity/mail-sent");
            },
            Gone);
    }
}

/// <summary>For who is signed in.</summary>
internal abstract class SignedInPage : IdentityPage
{
    public Session Session { get; private set; } = null!;

    public Login Login => Session.Login;

    /// <summary>Whether a session of some hours will do, or the person proves again who it is, by every factor there is
    /// now.</summary>
    protected virtual bool DemandsFresh => true;

    public override async Task OnPageHandlerExecutionAsync(
        Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context,
        Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        var sessions = HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (await sessions.CurrentAsync(HttpContext) is { } session && (!DemandsFresh || await HasJustProvenAllAsync(session)))
        {
            Session = session;
            await next();
            return;
        }

        var here = HttpMethods.IsGet(Request.Method) ? $"{Request.Path}{Request.QueryString}" : $"{Request.Path}";
        context.Result = SeeOther($"/identity/sign-in?returnUrl={Uri.EscapeDataString(here)}");
    }

    private async Task<bool> HasJustProvenAllAsync(Session session) => session.IsFresh
        && !await HttpContext.RequestServices.GetRequiredService<SigningIn>().LacksFactorAsync(session);
}
