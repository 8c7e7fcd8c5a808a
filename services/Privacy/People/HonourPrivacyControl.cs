using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>
/// Global Privacy Control: the person's browser says that data is not to be shared. It withdraws the consent to partner
/// sharing, given or not, and is recorded once. Who allows sharing by an explicit choice after that is taken at that word:
/// a browser that goes on saying it says nothing new (CCPA regulations, 11 CCR 7025(c)).
/// </summary>
internal static class HonourPrivacyControl
{
    internal static Decision Decide(Person? person, PolicySets sets, DateTimeOffset now) =>
        // Of who is erased nothing is shared, and nothing more is taken down.
        person is { Erasing: not null }
            || person?.Choices.Exists(e => e is { Purpose: Purposes.PartnerSharing, Channel: Channels.PrivacyControl }) == true
            ? Decision.Nothing
            : Decision.Of(new ConsentChanged(
                Purposes.PartnerSharing,
                Given: false,
                Channels.PrivacyControl,
                // Nothing was shown; what was in force is what the person turned away from.
                sets.InForce(now)?.PolicySet ?? 0,
                now));

    private static async Task<IResult> Handle(
        Guid accountId, Commands commands, Reader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var sets = await reader.LatestAsync<PolicySets>(PolicySets.StreamId, cancellationToken) ?? PolicySets.None;
        return await commands.ChangeOrStartAsync<Person>(
            accountId, person => Decide(person, sets, time.GetUtcNow()), cancellationToken);
    }

    public static void Map(RouteGroupBuilder people) => people
        .MapPut("/{accountId:guid}/signals/global-privacy-control", Handle)
        .Allow(Access.OwnSignal)
        .WithName("HonourPrivacyControl")
        .WithSummary("Takes the browser's Sec-GPC for what it says: no sharing with partners. Recorded once.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
