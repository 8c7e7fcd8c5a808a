using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Signing;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People.Receipts;

/// <summary>
/// The receipt of one change of a consent, signed. Signed when it is asked for: giving and withdrawing wait for no key.
/// </summary>
internal static class ReadReceipt
{
    public static string Href(Guid person, int number) => $"/api/privacy/people/{person:D}/consents/receipts/{number}";

    private static Task<IResult> Handle(
        Guid accountId, int number, Reader reader, Signer signer, CancellationToken cancellationToken) =>
        reader.OneAsync<Person>(
            accountId,
            async (person, token) =>
            {
                if (number < 1 || number > person.Choices.Count) return Problems.From(Refusals.NotFound("receipt"));
                var change = person.Choices[number - 1];
                var sets = await reader.LatestAsync<PolicySets>(PolicySets.StreamId, token);
                var policy = await reader.LatestAsync<Document>(
                    DocumentKind.StreamOf(DocumentKind.PrivacyPolicy), token);
                if (policy is null) return Problems.From(Refusals.NotFound("receipt"));
                var receipt = ConsentReceipt.Of(accountId, number, change, policy, sets?.PolicyOf(change.PolicySet));
                return Results.Text(await signer.SignAsync(receipt.ToJson(), ConsentReceipt.Type, token), "application/jose");
            },
            cancellationToken);

    public static void Map(RouteGroupBuilder people) => people
        .MapGet("/{accountId:guid}/consents/receipts/{number:int}", Handle)
        .WithName("ReadConsentReceipt")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("The signed receipt of one change of a consent; /api/privacy/keys verifies it.")
        .Produces<string>(StatusCodes.Status200OK, "application/jose")
        .ProducesProblem(StatusCodes.Status404NotFound);
}
