using EPerfect.Operations.Asking;
using EPerfect.Operations.Messages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EPerfect.Operations.Pages;

/// <summary>Messages that kept failing, or that were archived, one by one.</summary>
internal sealed class Messages(AskServices services) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public bool Archived { get; set; }

    public FailuresView Failures { get; private set; } = null!;

    public async Task OnGetAsync() =>
        Failures = await ReadFailedMessages.GatherAsync(services, Archived, HttpContext.RequestAborted);
}
