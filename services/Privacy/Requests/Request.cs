using System.Collections.Immutable;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

internal enum RequestState
{
    Filed,
    Acknowledged,
    Verified,
    InProgress,
    Extended,
    Refused,
    Done,
    Withdrawn,
}

/// <summary>What a person asked for, and how far it is.</summary>
internal sealed record Request : IOwned
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    Guid? IOwned.AccountId => AccountId;

    public RequestKind Kind { get; init; }

    public string Regime { get; init; } = "";

    public string FiledBy { get; init; } = "";

    public Sealed<Mandate>? Mandate { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? AcknowledgeBy { get; init; }

    public DateTimeOffset AnswerBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public IdentityVerified? Verified { get; init; }

    /// <summary>For an agent: who has looked at the mandate.</summary>
    public IdentityVerified? MandateChecked { get; init; }

    /// <summary>Whether it is known who asks, and that they may. The person's own sign-in needs no mandate.</summary>
    public bool IsVerified =>
        Verified is { By: var by } && (FiledBy != Filers.Agent || by is null || MandateChecked is not null);

    public DateTimeOffset? StartedAt { get; init; }

    public RequestExtended? Extended { get; init; }

    public RequestRefused? Refused { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>For an objection: the purposes that it is directed against.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>Those that were decided on.</summary>
    public ImmutableList<ObjectionWeighed> Weighed { get; init; } = [];

    /// <summary>The clock that ran out, if one did.</summary>
    public string? Overdue { get; init; }

    public bool IsOver => Refused is not null || DoneAt is not null || WithdrawnAt is not null;

    public RequestState State => this switch
    {
        { WithdrawnAt: not null } => RequestState.Withdrawn,
        { DoneAt: not null } => RequestState.Done,
        { Refused: not null } => RequestState.Refused,
        { Extended: not null } => RequestState.Extended,
        { StartedAt: not null } => RequestState.InProgress,
        { IsVerified: true } => RequestState.Verified,
        { AcknowledgedAt: not null } => RequestState.Acknowledged,
        _ => RequestState.Filed,
    };

    /// <summary>Asked for under another person's address it does not exist.</summary>
    public Decision? Of(Guid accountId) =>
        accountId == AccountId ? (Decision?)null : Decision.FromRefusal(Refusals.NotFound("request"));

    public static Request Create(RequestFiled e) => new()
    {
        Id = e.RequestId,
        AccountId = e.AccountId,
        Kind = e.Kind,
        Regime = e.Regime,
        FiledBy = e.FiledBy,
        Mandate = e.Mandate,
        ReceivedAt = e.ReceivedAt,
        AcknowledgeBy = e.AcknowledgeBy,
        AnswerBy = e.AnswerBy,
        Purposes = e.Purposes ?? [],
    };

    /// <summary>What it is after something that was decided and is not stored yet.</summary>
    public Request With(object e) => e switch
    {
        RequestAcknowledged x => Apply(x),
        IdentityVerified x => Apply(x),
        RequestStarted x => Apply(x),
        ObjectionWeighed x => Apply(x),
        RequestDone x => Apply(x),
        _ => this,
    };

    public Request Apply(RequestAcknowledged e) => this with
    {
        AcknowledgedAt = e.AcknowledgedAt,
        Overdue = Overdue == WatchClock.Acknowledgement ? null : Overdue,
    };

    public Request Apply(IdentityVerified e) =>
        e.Method == Verifications.MandateChecked ? this with { MandateChecked = e } : this with { Verified = e };

    public Request Apply(RequestStarted e) => this with { StartedAt = e.StartedAt };

    public Request Apply(RequestExtended e) => this with { Extended = e, AnswerBy = e.AnswerBy, Overdue = null };

    public Request Apply(RequestRefused e) => this with { Refused = e };

    public Request Apply(ObjectionWeighed e) => this with { Weighed = Weighed.Add(e) };

    public Request Apply(RequestWithdrawn e) => this with { WithdrawnAt = e.WithdrawnAt };

    public Request Apply(RequestDone e) => this with { DoneAt = e.DoneAt };

    public Request Apply(RequestOverdue e) => this with { Overdue = e.Clock };
}
