using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>The person has read what changed. A version that widens purposes binds by acceptance alone.</summary>
internal static class TakeNotice
{
    internal static Decision Decide(Person? person, Document? policy, int version, string channel, DateTimeOffset now) =>
        policy?.Find(version) is null ? Refusals.NotFound("notice")
        : person?.WasToldOf(version) == true ? Decision.Nothing
        : Decision.Of(new NoticeGiven(version, channel, now));

    private static async Task<IResult> Handle(
        Guid accountId,
        int version,
        Commands commands,
        Reader reader,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var policy = await reader.LatestAsync<Document>(
            DocumentKind.StreamOf(DocumentKind.PrivacyPolicy), cancellationToken);
        return await commands.ChangeOrStartAsync<Person>(
            accountId, person => Decide(person, policy, version, Channels.Api, time.GetUtcNow()), cancellationToken);
    }

    public static void Map(RouteGroupBuilder people) => people.MapPut("/{accountId:guid}/notices/{version:int}", Handle)
        .WithName("TakeNotice")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Says that the person was told of this version of the privacy policy.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
