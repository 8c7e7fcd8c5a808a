using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>Why a restriction ends. Stable words.</summary>
internal static class LiftGrounds
{
    public const string AskedByThePerson = "asked-by-the-person";

    /// <summary>What the privacy officer may say, after the four cases of GDPR Art. 18(1).</summary>
    public static IReadOnlyList<string> OfOfficer { get; } =
        ["accuracy-verified", "processing-lawful", "claims-settled", "interest-prevails"];
}

/// <summary>Restricting processing and lifting that again, on the person's stream. A repeat changes nothing.</summary>
internal static class Restricting
{
    /// <summary>The person has so long to answer before a restriction is lifted that was not the own wish.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(7);

    /// <summary>Restricted anew while its end is announced, it stays.</summary>
    public static Decision Restrict(Person? person, DateTimeOffset now) =>
        person?.Restriction is { IsOn: true, Ending: null } ? Decision.Nothing : Decision.Of(new ProcessingRestricted(now));

    /// <summary>The person asks for its end, and so knows of it.</summary>
    public static Decision Release(Person? person, DateTimeOffset now) => person is { IsRestricted: true }
        ? Decision.Of(new RestrictionEnding(LiftGrounds.AskedByThePerson, now, now), new RestrictionLifted(now))
        : Decision.Nothing;

    /// <summary>We want to end it: the person is told before (Art. 18(3)).</summary>
    public static Decision Announce(Person? person, string ground, DateTimeOffset now) =>
        !LiftGrounds.OfOfficer.Contains(ground, StringComparer.Ordinal) ? UnknownGround
        : person is not { IsRestricted: true } ? NotRestricted
        : person.Restriction!.Ending is not null ? Decision.Nothing
        : Decision.Of(new RestrictionEnding(ground, now + Notice, now));

    /// <summary>The time that was announced has come.</summary>
    public static Decision Lift(Person? person, DateTimeOffset now) =>
        person?.Restriction is { IsOn: true, Ending: { } ending } && ending.LiftAt <= now
            ? Decision.Of(new RestrictionLifted(now))
            : Decision.Nothing;

    public static Decision Confirm(Person? person, RestrictionConfirmed confirmed) =>
        person?.Restriction?.IsNews(confirmed) == true ? Decision.Of(confirmed) : Decision.Nothing;

    private static readonly Refusal UnknownGround = new(
        422, "lift-ground-unknown", $"A restriction is lifted for {string.Join(", ", LiftGrounds.OfOfficer)}.", "/ground");

    private static readonly Refusal NotRestricted =
        new(409, "not-restricted", "The processing of this person's data is not restricted.");
}
