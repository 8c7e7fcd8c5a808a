using EPerfect.Privacy.People.Receipts;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

internal sealed record ConsentsView(
    Guid AccountId, IReadOnlyList<ConsentView> Consents, IReadOnlyList<ChoiceView> History);

internal sealed record ConsentView(string Purpose, bool Given, DateTimeOffset? Since);

internal sealed record ChoiceView(
    string Purpose, bool Given, DateTimeOffset At, string Channel, int PolicySet, string Receipt);

/// <summary>What a person allows now, and every choice that led to it.</summary>
internal static class ReadConsents
{
    internal static ConsentsView Show(Guid accountId, Person person) => new(
        accountId,
        [.. Purposes.All.Select(purpose => new ConsentView(
            purpose, person.Allows(purpose), person.LastChoice(purpose)?.ChangedAt))],
        [.. person.Choices.Select((e, i) => new ChoiceView(
            e.Purpose, e.Given, e.ChangedAt, e.Channel, e.PolicySet, ReadReceipt.Href(accountId, i + 1)))]);

    private static Task<IResult> Handle(Guid accountId, Reader reader, CancellationToken cancellationToken) =>
        reader.OneAsync<Person>(accountId, person => Show(accountId, person), cancellationToken);

    public static void Map(RouteGroupBuilder people) => people.MapGet("/{accountId:guid}/consents", Handle)
        .WithName("ReadConsents")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("What the person allows, with its history.")
        .Produces<ConsentsView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
