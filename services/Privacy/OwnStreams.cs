using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy;

/// <summary>Streams of the service itself have ids of one block. No account has such an id; no person is found there.</summary>
internal static class OwnStreams
{
    private const string Block = "0190f3a0-0000-7000-8000-0000000000";

    // Each has its own place: what two shared, one of them would find begun and never begin.
    public static readonly Guid PrivacyPolicy = At(0x01);
    public static readonly Guid TermsOfService = At(0x02);
    public static readonly Guid AcceptableUsePolicy = At(0x03);
    public static readonly Guid CgiAbusePolicy = At(0x04);
    public static readonly Guid UcePolicy = At(0x05);
    public static readonly Guid OpeningKeys = At(0xf9);
    public static readonly Guid Reviews = At(0xfa);
    public static readonly Guid DataMap = At(0xfb);
    public static readonly Guid Checkpoints = At(0xfc);
    public static readonly Guid CheckRuns = At(0xfd);
    public static readonly Guid SigningKeys = At(0xfe);
    public static readonly Guid PolicySets = At(0xff);

    public static IReadOnlyList<Guid> All { get; } =
    [
        PrivacyPolicy, TermsOfService, AcceptableUsePolicy, CgiAbusePolicy, UcePolicy,
        OpeningKeys, Reviews, DataMap, Checkpoints, CheckRuns, SigningKeys, PolicySets,
    ];

    public static bool Owns(Guid id) => id.ToString("D").StartsWith(Block, StringComparison.Ordinal);

    private static Guid At(byte place) => Guid.Parse($"{Block}{place:x2}");

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
