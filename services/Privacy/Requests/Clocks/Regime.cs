namespace EPerfect.Privacy.Requests.Clocks;

/// <summary>The law that a request is answered under, and what it allows. All of it is data: <c>regimes.json</c>.</summary>
/// <param name="Code">Such as <c>gdpr</c>.</param>
/// <param name="Law">Where it stands.</param>
/// <param name="Region">Whose days and holidays count.</param>
/// <param name="Answer">From the receipt on.</param>
/// <param name="Extension">On top, if the person is told before the first term ends; null if there is none.</param>
/// <param name="Acknowledgement">Within which the receipt is confirmed; null if that is not asked for.</param>
/// <param name="OptOut">Instead of <paramref name="Answer"/>, for an opt-out.</param>
/// <param name="RollsForward">Whether a term that would end on a day off ends on the next business day.</param>
internal sealed record Regime(
    string Code,
    string Law,
    string Region,
    Period Answer,
    Period? Extension = null,
    Period? Acknowledgement = null,
    Period? OptOut = null,
    bool RollsForward = false)
{
    public Period AnswerTo(RequestKind kind) => kind == RequestKind.OptOut && OptOut is { } shorter ? shorter : Answer;
}
