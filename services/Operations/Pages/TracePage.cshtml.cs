using System.Globalization;
using EPerfect.Operations.Traces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EPerfect.Operations.Pages;

/// <summary>One trace as a waterfall.</summary>
internal sealed class TracePage(TraceFiles files) : PageModel
{
    /// <summary>Of the bars, in the units of their drawing.</summary>
    private const double Width = 400;

    [BindProperty(SupportsGet = true)]
    public string? Id { get; set; }

    public TraceView Trace { get; private set; } = null!;

    public double Milliseconds => Math.Max(1, Trace.Spans.Max(one => one.AfterMilliseconds + one.Span.Milliseconds));

    public async Task<IActionResult> OnGetAsync()
    {
        if (await ReadTraces.FindAsync(files, Id ?? "", HttpContext.RequestAborted) is not { } trace)
            return Trouble.NotFound("trace").Answer(StatusCodes.Status404NotFound);
        Trace = trace;
        return Page();
    }

    /// <summary>What took no time is seen all the same.</summary>
    public double Long(PlacedSpan one) => Math.Max(one.Span.Milliseconds, Milliseconds / 200);

    public string X(double milliseconds) =>
        (milliseconds / Milliseconds * Width).ToString("0.##", CultureInfo.InvariantCulture);
}
