using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

internal sealed record NoticesView(
    Guid AccountId, int? BoundBy, IReadOnlyList<NoticeView> Pending, IReadOnlyList<ToldView> Told);

internal sealed record NoticeView(int Version, string Materiality, DateTimeOffset EffectiveAt, string Needs, string Href);

internal sealed record ToldView(int Version, DateTimeOffset At, string Channel);

/// <summary>Which version of the privacy policy holds for the person's data, and what the person is to be told.</summary>
internal static class ReadNotices
{
    internal static NoticesView Show(Guid accountId, Facts facts)
    {
        var binding = facts.BindingVersion();
        return new(
            accountId,
            binding,
            [.. from notice in facts.Policy?.Notices ?? []
                where notice.Version > (binding ?? 0)
                let wider = notice.Materiality == Materiality.WiderPurpose
                where wider || !facts.Person!.WasToldOf(notice.Version)
                select new NoticeView(
                    notice.Version,
                    notice.Materiality,
                    notice.EffectiveAt,
                    wider ? "acceptance" : "reading",
                    ReadDocuments.Href(notice.Kind, notice.Version))],
            facts.Person!.Told.ConvertAll(e => new ToldView(e.PolicyVersion, e.ToldAt, e.Channel)));
    }

    private static async Task<IResult> Handle(
        Guid accountId, DecisionPoint decisions, Caller caller, CancellationToken cancellationToken)
    {
        var facts = await decisions.FactsAsync(accountId, at: null, cancellationToken);
        return caller.WhyNot(facts.Person) is { } refusal
            ? Problems.From(refusal)
            : Results.Ok(Show(accountId, facts));
    }

    public static void Map(RouteGroupBuilder people) => people.MapGet("/{accountId:guid}/notices", Handle)
        .WithName("ReadNotices")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("Which version of the privacy policy holds for the person's data, and what is still to be read.")
        .Produces<NoticesView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
