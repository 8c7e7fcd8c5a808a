using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

internal sealed record RegisterPartnerRequest(
    string Company, PartnerKind Kind, PartnerMode Mode, string ErasureContact, PartnerKey? Key = null);

/// <summary>A partner is known. It hears of nothing until something is agreed.</summary>
internal static class RegisterPartner
{
    private const int LongestName = 100;

    internal static Refusal? Check(RegisterPartnerRequest request) =>
        string.IsNullOrWhiteSpace(request.Company) || request.Company.Length > LongestName
            || request.Company.Any(char.IsControl) ? NameInvalid
        : Agreements.ErasureContact.WhyNot(request.ErasureContact) ?? PartnerKey.WhyNot(request.Key);

    private static Task<IResult> Handle(
        RegisterPartnerRequest request, Commands commands, Vault vault, TimeProvider time, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        return commands.CreateAsync<Partner>(
            id,
            accountId: null,
            async (_, token) => Check(request) is { } refusal
                ? refusal
                : Decision.Of(new PartnerRegistered(
                    id,
                    request.Company,
                    request.Kind,
                    request.Mode,
                    await vault.SealAsync(id, new ErasureContact(request.ErasureContact), token),
                    request.Key,
                    time.GetUtcNow())),
            cancellationToken: ct);
    }

    private static readonly Refusal NameInvalid =
        new(422, "partner-name-invalid", "A company has a name, as one line of up to 100 characters.", "/company");

    public static void Map(RouteGroupBuilder registry) => registry.MapPost("", Handle)
        .WithName("RegisterPartner")
        .Allow(Access.Of(StaffRole.Operator))
        .WithSummary("Registers a partner: what it is, and whom there to write to for erasures.")
        .Produces(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
