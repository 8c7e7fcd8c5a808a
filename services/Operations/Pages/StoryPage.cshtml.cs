using EPerfect.Operations.Stories;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EPerfect.Operations.Pages;

/// <summary>What happened to an order, an account or a domain, when, by whom and because of what.</summary>
internal sealed class StoryPage(TellStory tell) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Of { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Id { get; set; }

    public Story Story { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var told = await tell.OfAsync(Of ?? "", Id?.Trim() ?? "", HttpContext.RequestAborted);
        if (told.Story is null)
        {
            return told.Missing is { } missing
                ? Trouble.Away(missing.Service).Answer(StatusCodes.Status503ServiceUnavailable)
                : Trouble.NotFound(told.Kind).Answer(StatusCodes.Status404NotFound);
        }

        Story = told.Story;
        return Page();
    }

    /// <summary>How it is called in the list: by number, for ids are long.</summary>
    public string NumberOf(Guid? entry) =>
        Story.Entries.Index().FirstOrDefault(one => one.Item.Id == entry) is { Item: not null } found ? $"{found.Index + 1}" : "";
}
