using EPerfect.Privacy.Partners.Webhooks;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

internal static class ReadPartner
{
    private static Task<IResult> Handle(Guid partnerId, Reader reader, CancellationToken ct) =>
        AnswerAsync(partnerId, reader, ct);

    internal static Task<IResult> AnswerAsync(Guid partnerId, Reader reader, CancellationToken ct) =>
        reader.OneAsync<Partner>(
            partnerId,
            async (partner, token) => Results.Ok(
                PartnerView.Of(partner, await reader.LatestAsync<Webhook>(Webhook.IdOf(partnerId), token))),
            ct);

    public static void Map(RouteGroupBuilder registry) => registry.MapGet("/{partnerId:guid}", Handle)
        .WithName("ReadPartner")
        .Allow(Access.Of(StaffRole.Operator | StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("A partner, what is agreed with it, and what waits for approval.")
        .Produces<PartnerView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
