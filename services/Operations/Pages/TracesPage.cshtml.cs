using EPerfect.Operations.Traces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EPerfect.Operations.Pages;

/// <summary>Traces of late.</summary>
internal sealed class TracesPage(TraceFiles files) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public bool Failed { get; set; }

    public TracesView Traces { get; private set; } = null!;

    public async Task OnGetAsync() => Traces = await ReadTraces.ListAsync(files, Failed, HttpContext.RequestAborted);
}
