using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Withholding;

/// <summary>What law withholds from one person at one time.</summary>
internal sealed record WithheldNow(IReadOnlyList<WithheldOpenings> InForce)
{
    /// <summary>Until when an opening is not told; null if it may be.</summary>
    public DateTimeOffset? Until(string? purpose, string? ground) =>
        InForce.Where(one => one.Covers(purpose, ground)).Select(one => (DateTimeOffset?)one.Ordered.Until).Max();

    public DateTimeOffset? Until(Opened<OpeningDetails>? opened) =>
        opened is Opened<OpeningDetails>.Clear(var details) ? Until(details.Purpose, details.Ground) : null;
}

/// <summary>Asked whenever openings are told, each time: what was withheld yesterday may be told today.</summary>
internal sealed class Withholdings(IQuerySession session, TimeProvider time)
{
    public async Task<WithheldNow> OfAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var all = await session.Query<WithheldOpenings>()
            .Where(one => one.AccountId == accountId)
            .ToListAsync(cancellationToken);
        return new([.. all.Where(one => one.HoldsAt(now))]);
    }
}
