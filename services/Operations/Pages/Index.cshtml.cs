using EPerfect.Operations.Asking;
using EPerfect.Operations.Due;
using EPerfect.Operations.Effects;
using EPerfect.Operations.Health;
using EPerfect.Operations.Lag;
using EPerfect.Operations.Messages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EPerfect.Operations.Pages;

/// <summary>How it all stands, on one page.</summary>
internal sealed class Index(AskServices services) : PageModel
{
    /// <summary>What was done on the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public HealthView Health { get; private set; } = null!;

    public LagsView Lag { get; private set; } = null!;

    public QueuesView Queues { get; private set; } = null!;

    public EffectsView Effects { get; private set; } = null!;

    public FailuresView Failures { get; private set; } = null!;

    public StucksView Stuck { get; private set; } = null!;

    public DuesView Due { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var gone = HttpContext.RequestAborted;
        var (health, measures, effects) = (
            ReadHealth.GatherAsync(services, gone), services.GetMeasuresAsync(gone), SwitchEffects.GatherAsync(services, gone));
        var (failures, due) = (
            ReadFailedMessages.GatherAsync(services, archived: false, gone), ReadStuck.GatherAsync(services, gone));
        (Health, Effects, Failures) = (await health, await effects, await failures);
        (Lag, Queues) = (ReadLag.Of(await measures), ReadQueues.Of(await measures));
        (Stuck, Due) = await due;
    }

    /// <summary>To what an id or a name leads.</summary>
    public IActionResult OnGetFind(string kind, string id)
    {
        var to = kind is "accounts" or "domains" or "traces" ? kind : "orders";
        return Redirect($"/operations/{to}/{Uri.EscapeDataString(id?.Trim() ?? "")}");
    }
}
