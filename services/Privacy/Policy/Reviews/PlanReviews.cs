using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy.Reviews;

/// <summary>At start, whatever has no review date yet gets one, a year from now. On several instances at once it is done
/// once.</summary>
internal sealed class PlanReviews(
    Wording wording, Measures.Measures measures, ShippedTexts texts, Writer writer, TimeProvider time) : IHostedService
{
    internal static Decision Decide(ReviewLog? log, IEnumerable<string> subjects, DateOnly today) => Decision.Of(
        [.. subjects.Where(one => log?.Of(one) is null).Select(one => new ReviewPlanned(one, ReviewLog.Next(today)))]);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var subjects = ReviewSubjects.All(wording, measures, texts.All.SelectMany(text => text.Purposes ?? []));
        await writer.ChangeAsync<ReviewLog>(
            ReviewLog.StreamId,
            "privacy/plan-reviews",
            log => Decide(log, subjects, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)),
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
