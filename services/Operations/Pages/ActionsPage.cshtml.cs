using EPerfect.Operations.Actions;
using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace EPerfect.Operations.Pages;

/// <summary>What operators did by hand, page by page.</summary>
internal sealed class ActionsPage(AskServices services) : PageModel
{
    private const int OnAPage = 50;

    /// <summary>The operator; nothing for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public ActionsView Actions { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        Guid? by = Guid.TryParse(By?.Trim(), out var id) ? id : null;
        if ((by is null && By?.Trim() is { Length: > 0 }) || PageRequest.TryRead(OnAPage, Cursor, out var page) is not null)
            return Trouble.NotFound("operator or page").Answer(StatusCodes.Status404NotFound);
        Actions = await ReadActions.GatherAsync(services, by, page, HttpContext.RequestAborted);
        return Page();
    }

    public static string Of(string? by, string? cursor = null) => QueryHelpers.AddQueryString(
        "/operations/actions",
        new Dictionary<string, string?> { ["by"] = by, ["cursor"] = cursor }.Where(part => part.Value is { Length: > 0 }));
}
