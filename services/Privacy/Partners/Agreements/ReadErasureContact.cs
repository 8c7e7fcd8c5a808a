using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

internal sealed record ErasureContactView(string? Email);

/// <summary>Whom at the partner to write to. On record, as every opening of somebody's address is.</summary>
internal static class ReadErasureContact
{
    private static Task<IResult> Handle(
        Guid partnerId, Reader reader, Openings openings, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        return reader.OneAsync<Partner>(
            partnerId,
            async (partner, token) =>
            {
                var opening = await openings.BeginAsync(partnerId, [partner.ErasureContact], token);
                var opened = await opening.OpenAsync(partner.ErasureContact!, token);
                return Results.Ok(new ErasureContactView((opened as Opened<ErasureContact>.Clear)?.Value.Email));
            },
            ct);
    }

    public static void Map(RouteGroupBuilder registry) => registry.MapGet("/{partnerId:guid}/erasure-contact", Handle)
        .WithName("ReadErasureContact")
        .Allow(Access.Of(StaffRole.PrivacyOfficer | StaffRole.Legal))
        .Opens()
        .WithSummary("Whom at the partner to write to when somebody is erased.")
        .Produces<ErasureContactView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
