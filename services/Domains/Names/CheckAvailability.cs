using EPerfect.Domains.Registration.Registry;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Names;

internal enum Availability
{
    Available,
    Taken,
    Reserved,
    NotOffered,
}

internal sealed record AvailabilityAnswer(string Name, string UnicodeName, Availability Status);

/// <summary>Can this name be had? A snapshot: only a registration holds a name.</summary>
internal static class CheckAvailability
{
    public static void Map(RouteGroupBuilder domains) => domains
        .MapGet("/availability", HandleAsync)
        .WithName("CheckAvailability")
        .Allow(Access.Anyone)
        .WithSummary("Whether a name can be registered; takes Unicode and ASCII forms")
        .Produces<AvailabilityAnswer>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        string? name, IRegistry registry, CancellationToken cancellationToken)
    {
        if (!DomainName.TryParse(name, out var domain)) return Problems.From(NameRules.InvalidName);
        var status = await StatusOfAsync(domain, registry, cancellationToken);
        return Results.Ok(new AvailabilityAnswer(domain.Ascii, domain.Unicode, status));
    }

    private static async Task<Availability> StatusOfAsync(
        DomainName name, IRegistry registry, CancellationToken cancellationToken)
    {
        if (TldRules.For(name) is not { } rule) return Availability.NotOffered;
        if (TldRules.IsReserved(name, rule)) return Availability.Reserved;
        return await registry.IsTakenAsync(name, cancellationToken) ? Availability.Taken : Availability.Available;
    }
}
