using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>
/// Objecting and restricting, as a granted request does it: in that request's own unit of work, on the person's stream.
/// Each holds from the next decision on. A repeat changes nothing.
/// </summary>
internal static class Objecting
{
    public static Decision Raise(Person? person, string purpose, DateTimeOffset now) =>
        person?.ObjectsTo(purpose) == true ? Decision.Nothing : Decision.Of(new ObjectionRaised(purpose, now));

    public static Decision Withdraw(Person? person, string purpose, DateTimeOffset now) =>
        person?.ObjectsTo(purpose) == true ? Decision.Of(new ObjectionWithdrawn(purpose, now)) : Decision.Nothing;

    public static Decision Restrict(Person? person, DateTimeOffset now) =>
        person?.IsRestricted == true ? Decision.Nothing : Decision.Of(new ProcessingRestricted(now));

    public static Decision Lift(Person? person, DateTimeOffset now) =>
        person?.IsRestricted == true ? Decision.Of(new RestrictionLifted(now)) : Decision.Nothing;
}
