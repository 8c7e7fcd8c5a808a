using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure.Recipients;

/// <summary>How long a partner has to delete and to say so. The certificate waits for it, and the law does not wait for the
/// certificate.</summary>
internal static class AnswerTime
{
    /// <summary>From when it could hear of it; half of the month that the person is promised.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(14);

    /// <summary>Also where the erasure begins when the month is nearly over: nobody deletes within hours.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(3);

    /// <summary>Certifying takes seconds, and may have to be tried again.</summary>
    private static readonly TimeSpan ToCertify = TimeSpan.FromDays(1);

    /// <summary>The last moment, so that the person can be answered in time; where nobody asked, within a month too.</summary>
    public static async Task<DateTimeOffset> LatestAsync(
        UnitOfWork work, ErasureOrdered order, CancellationToken cancellationToken)
    {
        var request = order.RequestId is { } id ? await work.Session.Events.FetchLatest<Request>(id, cancellationToken) : null;
        return (request?.AnswerBy ?? order.OrderedAt.AddMonths(1)) - ToCertify;
    }

    /// <summary>Until when one has it that is told now.</summary>
    public static DateTimeOffset OfTold(DateTimeOffset now, DateTimeOffset latest) =>
        Earlier(now + Usual, latest > now + Shortest ? latest : now + Shortest);

    /// <summary>Until when one has it that was told while nothing was delivered to it, and is delivered to again.</summary>
    public static DateTimeOffset OfResumed(DateTimeOffset since, DateTimeOffset latest) => Earlier(since + Usual, latest);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
