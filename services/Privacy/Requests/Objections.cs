using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using Marten;

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

    /// <summary>Whether the person objects to a purpose by another request too: then the objection holds on, whatever becomes of
    /// this one.</summary>
    public static async Task<bool> StandsElsewhereAsync(
        UnitOfWork work, Request request, string purpose, CancellationToken ct)
    {
        var others = await work.Session.Query<RequestLine>()
            .Where(line => line.AccountId == request.AccountId && line.Kind == RequestKind.Objection && line.Id != request.Id)
            .Select(line => line.Id)
            .ToListAsync(ct);
        foreach (var id in others)
            if (Stands(await work.Session.Events.FetchLatest<Request>(id, ct), purpose)) return true;
        return false;
    }

    /// <summary>It began, was not taken back, and waits to be weighed or was granted.</summary>
    internal static bool Stands(Request? request, string purpose) =>
        request is { Kind: RequestKind.Objection, StartedAt: not null, WithdrawnAt: null, Refused: null }
        && request.Purposes.Contains(purpose, StringComparer.Ordinal)
        && request.Weighed.Find(one => one.Purpose == purpose)?.Granted != false;

    private static bool IsMarketing(string purpose) => Purposes.All.Contains(purpose, StringComparer.Ordinal);

    private static bool RestsOnInterest(string purpose, Document? policy) => policy?.Purposes.Keys
        .SelectMany(policy.PurposesOf)
        .Any(declared => declared.Purpose == purpose && declared.Basis == Bases.LegitimateInterest) == true;
}
