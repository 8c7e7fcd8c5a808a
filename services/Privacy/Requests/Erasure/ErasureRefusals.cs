using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure;

internal static class ErasureRefusals
{
    public static readonly Refusal UnderWay =
        new(409, "erasure-under-way", "The person is being erased; its certificate says when that is done.");

    public static readonly Refusal Erased = new(410, "erased", "The data of this person was erased.");

    /// <summary>Why nothing more is done about a person who was, or is being, erased.</summary>
    public static Refusal? WhyNot(Person? person) => person switch
    {
        { Erased: { HeldBack: [var held, ..] } } => Retained(held),
        { Erased: not null } => Erased,
        { Erasing: not null } => UnderWay,
        _ => null,
    };

    private static Refusal Retained(HeldBack held) => new(
        423, "retained", "What is left of this person's data is kept because law or a contract wants it, and erased after that.")
    {
        Ground = held.Ground,
        Until = held.Until,
    };
}
