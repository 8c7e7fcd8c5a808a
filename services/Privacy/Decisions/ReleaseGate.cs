using EPerfect.PersonalData;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Decisions;

/// <summary>
/// Something of a person that is about to leave, under the id of its message: asked again for the same one, after a kill,
/// it is recorded once.
/// </summary>
internal sealed record Release(Guid Id, string Purpose, string Category, string Recipient);

/// <summary>It was let out at this position of the person's history.</summary>
internal sealed record DataReleased(
    Guid ReleaseId,
    string Purpose,
    string Category,
    [NotPersonal("the number of a partner")] string Recipient,
    string Rule,
    int PolicyVersion,
    DateTimeOffset ReleasedAt);

/// <summary>
/// Whoever delivers asks here at the moment of sending, however long the message was queued. A yes takes a place in the
/// person's own stream, in which a withdrawal has its place too: nothing is let out after the withdrawal's position.
/// </summary>
internal sealed class ReleaseGate(Writer writer, TimeProvider time)
{
    private const string Actor = "privacy/release-gate";

    public async Task<Verdict> AskAsync(Guid person, Release release, CancellationToken cancellationToken)
    {
        var verdict = Verdict.No(DecisionRules.NothingAccepted);
        await writer.WriteAsync(
            person,
            Actor,
            (work, token) => work.ChangeAsync<Person>(
                person,
                async (state, inner) =>
                {
                    var facts = await DecisionPoint.NowAsync(work.Session, person, time.GetUtcNow(), inner);
                    (verdict, var decision) = Decide(facts with { Person = state }, release);
                    return decision;
                },
                token),
            cancellationToken);
        return verdict;
    }

    internal static (Verdict Verdict, Decision Decision) Decide(Facts facts, Release release)
    {
        var verdict = MayUse.Decide(facts, release.Purpose, release.Category);
        return (verdict, !verdict.Allowed || facts.Person!.Released.Contains(release.Id)
            ? Decision.Nothing
            : Decision.Of(new DataReleased(
                release.Id,
                release.Purpose,
                release.Category,
                release.Recipient,
                verdict.Rule,
                verdict.PolicyVersion!.Value,
                facts.At)));
    }
}
