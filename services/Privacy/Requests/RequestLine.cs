namespace EPerfect.Privacy.Requests;

/// <summary>One line of the lists. A projection: dropped and rebuilt, it is the same.</summary>
internal sealed record RequestLine
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public RequestKind Kind { get; init; }

    public RequestState State { get; init; }

    public bool IsOpen { get; init; } = true;

    public string? Overdue { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset AnswerBy { get; init; }

    public bool IsRecognised { get; init; }

    /// <summary>An agent's, until it was checked.</summary>
    public bool LacksMandate { get; init; }

    public static RequestLine Create(RequestFiled e) => new()
    {
        Id = e.RequestId,
        AccountId = e.AccountId,
        Kind = e.Kind,
        ReceivedAt = e.ReceivedAt,
        AnswerBy = e.AnswerBy,
        LacksMandate = e.FiledBy == Filers.Agent,
    };

    public RequestLine Apply(RequestAcknowledged _) => At(RequestState.Acknowledged) with
    {
        Overdue = Overdue == WatchClock.Acknowledgement ? null : Overdue,
    };

    public RequestLine Apply(IdentityVerified e)
    {
        var after = e.Method == Verifications.MandateChecked
            ? this with { LacksMandate = false }
            : this with { IsRecognised = true, LacksMandate = LacksMandate && e.By is not null };
        return after is { IsRecognised: true, LacksMandate: false } ? after.At(RequestState.Verified) : after;
    }

    public RequestLine Apply(RequestStarted _) => At(RequestState.InProgress);

    public RequestLine Apply(RequestExtended e) => At(RequestState.Extended) with { AnswerBy = e.AnswerBy, Overdue = null };

    public RequestLine Apply(RequestRefused _) => At(RequestState.Refused) with { IsOpen = false };

    public RequestLine Apply(RequestDone _) => At(RequestState.Done) with { IsOpen = false };

    public RequestLine Apply(RequestWithdrawn _) => At(RequestState.Withdrawn) with { IsOpen = false };

    public RequestLine Apply(RequestOverdue e) => this with { Overdue = e.Clock };

    // Acknowledged late, after it was started or extended, it stays where it is.
    private RequestLine At(RequestState state) => this with { State = state > State ? state : State };
}
