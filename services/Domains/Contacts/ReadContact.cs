using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Contacts;

internal sealed record ContactView(
    Guid Id, Guid AccountId, string Name, string? Organisation, string Email, string Phone, Address Address);

internal static class ReadContact
{
    private static readonly Refusal Erased = new(410, "erased", "The data of this person was erased.");

    private static readonly Refusal Restricted =
        new(423, "restricted", "The processing of this person's data is restricted.");

    public static void Map(RouteGroupBuilder contacts) => contacts
        .MapGet("/{id:guid}", HandleAsync)
        .WithName("ReadContact")
        .Allow(Access.Of(MemberRole.Owner | MemberRole.Technical | MemberRole.Client, StaffRole.Support))
        .Opens()
        .WithSummary("A registrant contact, opened")
        .Produces<ContactView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status423Locked);

    private static Task<IResult> HandleAsync(
        Guid id, Reader reader, Openings openings, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        return reader.OneAsync<Contact>(
            id,
            async (contact, token) => await openings.OpenAsync(contact.AccountId, contact.Registrant, token) switch
            {
                Opened<Registrant>.Clear clear => Results.Ok(View(contact, clear.Value)),
                Opened<Registrant>.Erased => Problems.From(Erased),
                _ => Problems.From(Restricted),
            },
            cancellationToken);
    }

    private static ContactView View(Contact contact, Registrant person) => new(
        contact.Id, contact.AccountId, person.Name, person.Organisation, person.Email, person.Phone, person.Address);
}
