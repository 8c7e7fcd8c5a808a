using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>
/// An account may be opened with a set that is not known here: published a moment ago by another instance, or never.
/// It is looked at again, each time after twice as long, and refused after a day.
/// </summary>
internal sealed class SettleAcknowledgement(Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "settle-acknowledgement";
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    internal static Decision Decide(
        Person? person, PolicySets? known, int policySet, DateTimeOffset acceptedAt, DateTimeOffset now)
    {
        var sets = known ?? PolicySets.None;
        if (person?.HasAcknowledged(policySet) == true) return Decision.Nothing;
        var refusal = sets.Check(policySet, acceptedAt);
        if (refusal is null)
        {
            var documents = sets.Find(policySet)!.Documents;
            return Decision.Of(
                new PolicySetAcknowledged(policySet, documents, Channels.AccountOpening, acceptedAt));
        }

        var waited = now - acceptedAt;
        if (refusal != PolicySets.Unknown || waited >= LongestWait)
            return Decision.Of(new AcknowledgementRefused(policySet, refusal.Code, now));
        var wait = waited > FirstWait ? waited : FirstWait;
        return Decision.Of(new AcknowledgementPostponed(policySet, acceptedAt, now + wait));
    }

    public Task RunAsync(Deadline deadline, CancellationToken cancellationToken) => writer.WriteAsync(
        deadline.StreamId,
        "privacy/" + Kind,
        async (work, token) =>
        {
            var sets = await work.Session.Events.FetchLatest<PolicySets>(PolicySets.StreamId, token);
            return await work.ChangeAsync<Person>(
                deadline.StreamId,
                person => person?.Postponed is { } postponed
                    ? Decide(person, sets, postponed.PolicySet, postponed.AcceptedAt, time.GetUtcNow())
                    : Decision.Nothing,
                token);
        },
        cancellationToken);
}
