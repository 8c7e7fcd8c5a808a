using System.Collections.Immutable;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy.Reviews;

/// <summary>From now on it is to be reviewed now and then.</summary>
internal sealed record ReviewPlanned(string Subject, DateOnly ReviewBy);

/// <summary>The privacy officer looked at a control or at an entry of the record of processing, and it still holds.</summary>
internal sealed record ControlReviewed(string Subject, DateOnly ReviewedOn, DateOnly ReviewBy);

/// <summary>The day passed and nobody had looked.</summary>
internal sealed record ReviewOverdue(string Subject, DateOnly WasDue, DateTimeOffset NoticedAt);

internal sealed record ReviewView(string Subject, DateOnly ReviewBy, DateOnly? ReviewedOn, bool Overdue);

/// <summary>By when each control and each entry of the record of processing is reviewed.</summary>
internal sealed record ReviewLog : IOwned
{
    public static readonly Guid StreamId = OwnStreams.Reviews;

    /// <summary>A year: as often as the evidence of a procedure goes stale.</summary>
    private const int MonthsBetween = 12;

    public Guid Id { get; init; }

    Guid? IOwned.AccountId => null;

    public ImmutableSortedDictionary<string, ReviewView> Subjects { get; init; } =
        ImmutableSortedDictionary.Create<string, ReviewView>(StringComparer.Ordinal);

    public ReviewView? Of(string subject) => Subjects.GetValueOrDefault(subject);

    public static DateOnly Next(DateOnly day) => day.AddMonths(MonthsBetween);

    public ReviewLog Apply(ReviewPlanned e) => With(new(e.Subject, e.ReviewBy, ReviewedOn: null, Overdue: false));

    public ReviewLog Apply(ControlReviewed e) => With(new(e.Subject, e.ReviewBy, e.ReviewedOn, Overdue: false));

    public ReviewLog Apply(ReviewOverdue e) => Of(e.Subject) is { } known ? With(known with { Overdue = true }) : this;

    private ReviewLog With(ReviewView one) => this with { Subjects = Subjects.SetItem(one.Subject, one) };
}
