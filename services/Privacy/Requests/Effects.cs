using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>What begins when a request begins, in the same transaction.</summary>
internal static class Effects
{
    /// <summary>Adds the effects to a decision that starts a request; leaves any other as it is.</summary>
    public static async Task<Decision> BeginAsync(
        UnitOfWork work,
        RequestKind kind,
        Guid requestId,
        Guid accountId,
        Decision decision,
        DateTimeOffset now,
        CancellationToken ct)
    {
        if (!decision.Events.OfType<RequestStarted>().Any()) return decision;
        switch (kind)
        {
            case RequestKind.OptOut:
                await WithdrawAllAsync(work, accountId, now, ct);
                return Decision.Of([.. decision.Events, new RequestDone(now)]);
            case RequestKind.Objection:
                await WithdrawAllAsync(work, accountId, now, ct);
                return decision;
            case RequestKind.Restriction:
                await work.ChangeAsync<Person>(accountId, person => Restrict(person, now), ct);
                return decision;
            case RequestKind.Erasure:
                return await OrderErasure.BeginAsync(work, requestId, accountId, decision, now, ct);
            default:
                return decision;
        }
    }

    private static async Task WithdrawAllAsync(UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken ct)
    {
        var sets = await work.Session.Events.FetchLatest<PolicySets>(PolicySets.StreamId, ct);
        await work.ChangeAsync<Person>(accountId, person => Withdraw(person, sets?.InForce(now)?.PolicySet ?? 0, now), ct);
    }

    internal static Decision Restrict(Person? person, DateTimeOffset now) =>
        person?.IsRestricted == true ? Decision.Nothing : Decision.Of(new ProcessingRestricted(now));

    internal static Decision Withdraw(Person? person, int policySet, DateTimeOffset now) => Decision.Of(
    [
        .. Purposes.All
            .Where(purpose => person?.Allows(purpose) == true)
            .Select(purpose => new ConsentChanged(purpose, Given: false, Channels.Request, policySet, now)),
    ]);
}
