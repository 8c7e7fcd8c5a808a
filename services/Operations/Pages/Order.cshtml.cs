using EPerfect.Operations.Asking;
using EPerfect.Operations.Due;
using EPerfect.Operations.Effects;
using EPerfect.Operations.Messages;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EPerfect.Operations.Pages;

/// <summary>Says what an order will do, asks why, and gives it. Sent twice, it has its effect once: the form has a key.</summary>
internal sealed class Order(AskServices services) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    /// <summary>The effect, the queue or the service.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Of { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Failure { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? MessageId { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? StreamId { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Argument { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Key { get; set; }

    /// <summary>For a person: what exactly.</summary>
    public string Target => What switch
    {
        "try" => $"{Of}/{Kind} for {StreamId} {Argument}".TrimEnd(),
        "stop" or "resume" => Of!,
        _ when MessageId is { } one => $"message {one} of {Of}",
        _ => $"the messages of {Of} that failed by {Failure}",
    };

    public IActionResult OnGet()
    {
        Key = Guid.CreateVersion7().ToString("N");
        return IsKnown ? Page() : Trouble.NotFound("order").Answer(StatusCodes.Status404NotFound);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!IsKnown) return Trouble.NotFound("order").Answer(StatusCodes.Status404NotFound);
        if (!Guid.TryParseExact(Key, "N", out _)) return Trouble.OldForm.Answer(StatusCodes.Status400BadRequest);
        Request.Headers["Idempotency-Key"] = Key;
        var outcome = await GiveAsync(Reason?.Trim() ?? "");
        if (outcome is { IsDone: true }) return new SeeOther($"/operations?done={Uri.EscapeDataString(What!)}");
        ModelState.AddModelError("", outcome?.Problem ?? "There is no such thing.");
        Response.StatusCode = outcome is { Status: null or >= 500 }
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status422UnprocessableEntity;
        // Another reason is another order.
        Key = Guid.CreateVersion7().ToString("N");
        return Page();
    }

    private bool IsKnown => Orders.Has(What) && Of is { Length: > 0 };

    /// <summary>Who orders something does not take it back by hanging up.</summary>
    private Task<Outcome?> GiveAsync(string reason) => What switch
    {
        "stop" or "resume" => SwitchEffects.SwitchAsync(services, Of!, What, reason, CancellationToken.None),
        "try" => ResumeStuck.ResumeAsync(
            services, new(Of!, StreamId ?? Guid.Empty, Kind ?? "", reason, Argument ?? ""), CancellationToken.None),
        _ => MoveFailedMessages.MoveAsync(
            services, What!, new MoveMessagesRequest(Of!, reason, Failure, MessageId), CancellationToken.None),
    };
}
