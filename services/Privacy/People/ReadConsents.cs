using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>What a person allows now, and every choice that led to it.</summary>
internal static class ReadConsents
{
    internal sealed record View(Guid AccountId, IReadOnlyList<Consent> Consents, IReadOnlyList<Choice> History);

    internal sealed record Consent(string Purpose, bool Given, DateTimeOffset? Since);

    internal sealed record Choice(string Purpose, bool Given, DateTimeOffset At, string Channel, int PolicySet);

    internal static View Show(Guid accountId, Person person) => new(
        accountId,
        [.. Purposes.All.Select(purpose => new Consent(
            purpose, person.Allows(purpose), person.LastChoice(purpose)?.ChangedAt))],
        person.Choices.ConvertAll(e => new Choice(e.Purpose, e.Given, e.ChangedAt, e.Channel, e.PolicySet)));

    private static Task<IResult> Handle(Guid accountId, Reader reader, CancellationToken cancellationToken) =>
        reader.OneAsync<Person>(accountId, person => Show(accountId, person), cancellationToken);

    public static void Map(RouteGroupBuilder people) => people.MapGet("/{accountId:guid}/consents", Handle)
        .WithName("ReadConsents")
        .WithSummary("What the person allows, with its history.")
        .Produces<View>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
