using EPerfect.Contracts.Partners;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

internal sealed record ErasePersonRequest;

/// <summary>The synthetic person is erased: who was told hears of that, and of nothing else.</summary>
internal static class ErasePerson
{
    internal static Decision Decide(Person person, Guid erasureId, DateTimeOffset now) => person.Erasing is not null
        ? SandboxRefusals.Erased
        : Decision.Of(new SyntheticPersonErased(erasureId, now));

    private static Task<IResult> Handle(
        Guid personId, ErasePersonRequest request, SandboxPeople people, CancellationToken cancellationToken)
    {
        var erasure = DeterministicId.From(personId, "erasure");
        return people.ChangeAsync(
            personId,
            (person, now) => Decide(person, erasure, now),
            story => [story.Entry(new CustomerErasedData(erasure, story.Now, story.Now + AnswerTime.Usual), story.Now)],
            cancellationToken);
    }

    public static void Map(RouteGroupBuilder people) => people.MapPost("/{personId:guid}/erasure", Handle)
        .WithName("EraseSyntheticPerson")
        .Allow(Access.OfPartner())
        .WithSummary("The synthetic person is erased.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
