using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Decisions;

internal sealed record DecisionView(
    string Purpose, string Category, DateTimeOffset At, bool Allowed, string Rule, int? PolicyVersion, string? Basis);

/// <summary>What may be done with a person's data, now or at any time before.</summary>
internal static class ReadDecision
{
    private static async Task<IResult> Handle(
        Guid accountId,
        string purpose,
        string category,
        DateTimeOffset? at,
        DecisionPoint decisions,
        Reader reader,
        Caller caller,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var person = await reader.LatestAsync<Person>(accountId, cancellationToken);
        if (caller.WhyNot(person) is { } refusal) return Problems.From(refusal);
        if (at > time.GetUtcNow()) return Problems.From(NotYet);
        if (!Categories.All.Contains(category, StringComparer.Ordinal)) return Problems.From(CategoryUnknown);
        var facts = await decisions.FactsAsync(accountId, at?.ToUniversalTime(), cancellationToken);
        var verdict = MayUse.Decide(facts, purpose, category);
        return Results.Ok(new DecisionView(
            purpose, category, facts.At, verdict.Allowed, verdict.Rule, verdict.PolicyVersion, verdict.Basis));
    }

    public static void Map(RouteGroupBuilder people) => people.MapGet("/{accountId:guid}/decisions", Handle)
        .WithName("ReadDecision")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.PrivacyOfficer | StaffRole.Legal | StaffRole.Support))
        .WithSummary("May this purpose use this category of the person's data, now or at that time, and by which rule?")
        .Produces<DecisionView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static readonly Refusal CategoryUnknown =
        new(422, "category-unknown", $"A category is one of: {string.Join(", ", Categories.All)}.");

    private static readonly Refusal NotYet = new(422, "time-not-yet", "What will be decided is not known yet.");
}
