using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Contacts;

internal sealed record CorrectContactRequest(
    string Name, string Email, string Phone, Address Address, string? Organisation = null)
{
    public Registrant ToRegistrant() => new(Name, Organisation, Email, Phone, Address);
}

/// <summary>The registrant's data, corrected as a whole.</summary>
internal static class CorrectContact
{
    public static void Map(RouteGroupBuilder contacts) => contacts
        .MapPut("/{id:guid}", HandleAsync)
        .WithName("CorrectContact")
        .Allow(Access.Of(MemberRole.Owner | MemberRole.Technical | MemberRole.Client))
        .WithSummary("Replace a registrant contact's data; honours If-Match")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        Guid id,
        CorrectContactRequest request,
        Commands commands,
        Reader reader,
        Caller caller,
        Vault vault,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (ContactRules.WhyNot(request.ToRegistrant()) is { } refusal) return Problems.From(refusal);
        var contact = await reader.LatestAsync<Contact>(id, cancellationToken);
        if (caller.WhyNot(contact) is { } foreign) return Problems.From(foreign);
        // A contact never changes hands, so it can be sealed before its turn to be written comes.
        var person = await vault.SealAsync(contact!.AccountId, request.ToRegistrant(), cancellationToken);
        return await commands.ChangeAsync<Contact>(
            id,
            async (latest, _, token) => Decision.Of(new ContactCorrected(
                person,
                request.Address.Country,
                clock.GetUtcNow(),
                latest.AccountId,
                await Corrections.OfAsync(vault, latest, request.ToRegistrant(), token))),
            cancellationToken);
    }
}
