using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Contacts;

/// <summary>
/// What a registrant tells us. Registration data may become public: who has not been told so and agreed is not
/// registered.
/// </summary>
internal sealed record RegisterContactRequest(
    Guid AccountId,
    string Name,
    string Email,
    string Phone,
    Address Address,
    string? Organisation = null,
    bool PublicityAcknowledged = false)
{
    public Registrant ToRegistrant() => new(Name, Organisation, Email, Phone, Address);
}

internal static class RegisterContact
{
    private static readonly Refusal NotAcknowledged = Refusals.Invalid(
        "publicity-not-acknowledged",
        "Before a registration the registrant acknowledges which data a registry may make public.",
        "/publicityAcknowledged");

    private static readonly Refusal NoAccount =
        Refusals.Invalid("account-missing", "A contact belongs to an account.", "/accountId");

    public static void Map(RouteGroupBuilder contacts) => contacts
        .MapPost("", HandleAsync)
        .WithName("RegisterContact")
        .Allow(Access.Of(MemberRole.Owner | MemberRole.Technical | MemberRole.Client))
        .WithSummary("Store a registrant contact; answers with its id alone")
        .Produces(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Checks before anything is sealed: what is refused leaves no trace.</summary>
    public static Refusal? WhyNot(RegisterContactRequest request)
    {
        if (request.AccountId == Guid.Empty) return NoAccount;
        return request.PublicityAcknowledged ? ContactRules.WhyNot(request.ToRegistrant()) : NotAcknowledged;
    }

    private static async Task<IResult> HandleAsync(
        RegisterContactRequest request,
        Commands commands,
        Vault vault,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (WhyNot(request) is { } refusal) return Problems.From(refusal);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var person = await vault.SealAsync(request.AccountId, request.ToRegistrant(), cancellationToken);
        var registered = new ContactRegistered(id, request.AccountId, person, request.Address.Country, now);
        return await commands.CreateAsync<Contact>(
            id, request.AccountId, (_, _) => Task.FromResult(Decision.Of([registered])), cancellationToken: cancellationToken);
    }
}
