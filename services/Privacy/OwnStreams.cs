using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy;

/// <summary>Streams of the service itself have ids of one block. No account has such an id; no person is found there.</summary>
internal static class OwnStreams
{
    private const string Block = "0190f3a0-0000-7000-8000-0000000000";

    public static Guid At(byte place) => Guid.Parse($"{Block}{place:x2}");

    public static bool Owns(Guid id) => id.ToString("D").StartsWith(Block, StringComparison.Ordinal);

    /// <summary>Lets through what may be a person.</summary>
    public static RouteGroupBuilder ExceptOwnStreams(this RouteGroupBuilder people)
    {
        people.AddEndpointFilter(async (context, next) =>
            Guid.TryParse(context.HttpContext.GetRouteValue("accountId")?.ToString(), out var id) && Owns(id)
                ? Problems.From(Refusals.NotFound("person"))
                : await next(context));
        return people;
    }
}
