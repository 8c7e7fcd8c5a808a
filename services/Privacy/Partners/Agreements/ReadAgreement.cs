using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>A partner reads what is agreed with it, since when, and whether deliveries stand still.</summary>
internal static class ReadAgreement
{
    private static Task<IResult> Handle(Caller caller, Reader reader, CancellationToken ct) =>
        ReadPartner.AnswerAsync(caller.Partner!.Value, reader, ct);

    public static void Map(RouteGroupBuilder partners) => partners.MapGet("/agreement", Handle)
        .WithName("ReadAgreement")
        .Allow(Access.OfPartner())
        .WithSummary("What is agreed with the partner, what waits for approval, and what stands still.")
        .Produces<PartnerView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
