using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>
/// Objecting and withdrawing, as a request does it: in that request's own unit of work, on the person's stream. Each holds
/// from the next decision on. A repeat changes nothing.
/// </summary>
internal static class Objecting
{
    public static Decision Raise(Person? person, string purpose, int policySet, DateTimeOffset now) => Decision.Of(
    [
        .. person?.ObjectsTo(purpose) == true ? Array.Empty<object>() : [new ObjectionRaised(purpose, now)],
        .. Forbid(person, [purpose], policySet, now),
    ]);

    public static Decision Withdraw(Person? person, string purpose, DateTimeOffset now) =>
        person?.ObjectsTo(purpose) == true ? Decision.Of(new ObjectionWithdrawn(purpose, now)) : Decision.Nothing;

    public static Decision Overrule(Person? person, string purpose, string ground, DateTimeOffset now) =>
        person?.ObjectsTo(purpose) == true ? Decision.Of(new ObjectionOverruled(purpose, ground, now)) : Decision.Nothing;

    /// <summary>All that was ever allowed.</summary>
    public static Decision OptOut(Person? person, int policySet, DateTimeOffset now) =>
        Decision.Of([.. Forbid(person, Purposes.All, policySet, now)]);

    private static IEnumerable<object> Forbid(
        Person? person, IEnumerable<string> purposes, int policySet, DateTimeOffset now) => purposes
            .Where(purpose => person?.Allows(purpose) == true)
            .Select(purpose => new ConsentChanged(purpose, Given: false, Channels.Request, policySet, now));
}
