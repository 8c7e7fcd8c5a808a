using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>An objection as it is carried out: it holds at once for every purpose that it names. To direct marketing that is
/// all; for our other interests it is weighed whether it goes on holding (GDPR Art. 21).</summary>
internal static class Objections
{
    /// <summary>What may be named: direct marketing, and what rests on a legitimate interest in any version.</summary>
    public static Refusal? WhyNot(RequestKind kind, IReadOnlyList<string>? purposes, Document? policy) =>
        kind != RequestKind.Objection ? purposes is null ? null : RequestRefusals.PurposesMisplaced
        : purposes is not { Count: > 0 } ? RequestRefusals.PurposesMissing
        : purposes.All(purpose => IsMarketing(purpose) || RestsOnInterest(purpose, policy)) ? null
        : RequestRefusals.NotObjectable;

    /// <summary>What is decided with the beginning: all that is direct marketing.</summary>
    public static IReadOnlyList<object> Begin(IReadOnlyList<string> purposes, DateTimeOffset now)
    {
        object[] granted =
        [
            .. purposes.Where(IsMarketing)
                .Select(purpose => new ObjectionWeighed(purpose, Granted: true, ObjectionGrounds.DirectMarketing, now)),
        ];
        return granted.Length == purposes.Count ? [.. granted, new RequestDone(now)] : granted;
    }

    public static async Task RaiseAsync(
        UnitOfWork work, Guid accountId, IReadOnlyList<string> purposes, DateTimeOffset now, CancellationToken ct)
    {
        var sets = await work.Session.Events.FetchLatest<PolicySets>(PolicySets.StreamId, ct);
        var set = sets?.InForce(now)?.PolicySet ?? 0;
        await work.ChangeAsync<Person>(
            accountId,
            person => Decision.Of([.. purposes.SelectMany(purpose => Objecting.Raise(person, purpose, set, now).Events)]),
            ct);
    }

    private static bool IsMarketing(string purpose) => Purposes.All.Contains(purpose, StringComparer.Ordinal);

    private static bool RestsOnInterest(string purpose, Document? policy) => policy?.Purposes.Keys
        .SelectMany(policy.PurposesOf)
        .Any(declared => declared.Purpose == purpose && declared.Basis == Bases.LegitimateInterest) == true;
}
