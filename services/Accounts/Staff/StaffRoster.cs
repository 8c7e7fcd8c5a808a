using System.Collections.Immutable;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Accounts.Staff;

/// <summary>
/// All staff in one document, which commits with each change and is checked against other changes: of two operators who
/// dismiss each other at once, one is too late.
/// </summary>
internal sealed record StaffRoster(Guid Id, ImmutableSortedDictionary<Guid, IReadOnlyList<string>> Members)
{
    public const string Operator = "operator";
    public static readonly Guid TheOne = new("6f1c7d52-6f0f-4f0a-9a4e-4b8f0c1d2e3f");

    public static StaffRoster Empty { get; } = new(TheOne, ImmutableSortedDictionary<Guid, IReadOnlyList<string>>.Empty);

    public bool HasOperator => Members.Values.Any(roles => roles.Contains(Operator));

    /// <summary>Whether nobody else is staff.</summary>
    public bool IsAlone(Guid loginId) => Members.Count == 1 && Members.ContainsKey(loginId);

    /// <summary>What an operator changes. Who acts is asked of the roster, not of the token: who was dismissed has one for
    /// ten minutes more, and would come back with it.</summary>
    /// <param name="actor">Who changes; null for the beginning, when there is nobody yet.</param>
    /// <param name="loginId">Whose roles.</param>
    /// <param name="roles">The roles from now on; none is a dismissal.</param>
    /// <param name="now">The time.</param>
    public Decision Decide(Guid? actor, Guid loginId, IReadOnlyList<string> roles, DateTimeOffset now)
    {
        if (actor is { } operating && !RolesOf(operating).Contains(Operator)) return Refusals.RoleInsufficient;
        if (actor == loginId && roles.Except(RolesOf(loginId)).Any()) return OwnRole;
        if (roles.Any(role => RoleNames.Staff(role) == StaffRole.None)) return UnknownRole;
        if (With(loginId, roles) is { HasOperator: false } && HasOperator) return LastOperator;
        return Members.TryGetValue(loginId, out var current) switch
        {
            true when roles.Count == 0 => Decision.Of(new StaffDismissed(now)),
            true when current!.ToHashSet().SetEquals(roles) => Decision.Nothing,
            true => Decision.Of(new StaffRolesChanged(roles, now)),
            _ when roles.Count == 0 => Refusals.NotFound("staff"),
            _ => Decision.Of(new StaffAppointed(loginId, roles, now)),
        };
    }

    /// <summary>Makes somebody staff within a unit of work, or gives other roles. Whoever calls has seen that the person
    /// signs in with a second factor.</summary>
    public static async Task<Decision> AppointAsync(
        UnitOfWork work, Guid? actor, Guid loginId, IReadOnlyList<string> roles, DateTimeOffset now, CancellationToken ct)
    {
        var roster = await OfAsync(work.Session, ct);
        var decision = await work.ChangeAsync<StaffMember>(loginId, _ => roster.Decide(actor, loginId, roles, now), ct);
        if (decision.Events.Count > 0) work.Session.Store(roster.With(loginId, roles));
        return decision;
    }

    /// <summary>Changes the roles of who is staff; no roles is a dismissal.</summary>
    public static async Task<Decision> ChangeAsync(
        UnitOfWork work, Guid? actor, Guid loginId, IReadOnlyList<string> roles, DateTimeOffset now, CancellationToken ct) =>
        (await OfAsync(work.Session, ct)).Members.ContainsKey(loginId)
            ? await AppointAsync(work, actor, loginId, roles, now, ct)
            : Refusals.NotFound("staff");

    public static async Task<StaffRoster> OfAsync(IQuerySession session, CancellationToken ct) =>
        await session.LoadAsync<StaffRoster>(TheOne, ct) ?? Empty;

    public IReadOnlyList<string> RolesOf(Guid loginId) => Members.GetValueOrDefault(loginId) ?? [];

    private StaffRoster With(Guid loginId, IReadOnlyList<string> roles) =>
        this with { Members = roles.Count == 0 ? Members.Remove(loginId) : Members.SetItem(loginId, roles) };

    private static readonly Refusal UnknownRole = new(
        422, "staff-role-unknown", "Staff is support, billing, privacy-officer, legal or operator.", "/roles");

    private static readonly Refusal OwnRole =
        new(403, "staff-own-role", "Nobody gives a role to themselves: another operator does.", "/roles");

    private static readonly Refusal LastOperator =
        new(409, "last-operator", "There is always an operator: appoint another one first.");
}
