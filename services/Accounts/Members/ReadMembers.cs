using EPerfect.Accounts.Credentials;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

internal sealed record MemberView(Guid LoginId, string? Email, string Role);

internal sealed record InvitationView(Guid Id, string? Email, string Role, DateTimeOffset ExpiresAt);

internal sealed record MembersView(IReadOnlyList<MemberView> Members, IReadOnlyList<InvitationView> Invitations);

/// <summary>Who belongs to the account, and who was asked to.</summary>
internal static class ReadMembers
{
    private static Task<IResult> Handle(
        Guid accountId,
        Reader reader,
        Logins logins,
        Openings openings,
        TimeProvider time,
        HttpResponse response,
        CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        return reader.OneAsync<Account>(accountId, async (account, ct) =>
        {
            var open = account.Invitations.Values.Where(one => one.ExpiresAt > time.GetUtcNow()).ToList();
            var members = await logins.OfAsync(account.Members.Keys, ct);
            var opening = await openings.BeginAsync(
                accountId, [.. open.Select(one => one.Address), .. members.Select(one => one.SealedEmail)], ct);
            var addresses = await Logins.AddressesAsync(members, opening, ct);
            var invitations = new List<InvitationView>();
            foreach (var one in open)
            {
                var address = (await opening.OpenAsync(one.Address, ct) as Opened<InvitedAddress>.Clear)?.Value.Email;
                invitations.Add(new InvitationView(one.Id, address, one.Role, one.ExpiresAt));
            }

            return Results.Ok(new MembersView(
                [.. account.Members.Select(one => new MemberView(one.Key, addresses.GetValueOrDefault(one.Key), one.Value))],
                invitations));
        }, ct);
    }

    public static void Map(RouteGroupBuilder members) => members.MapGet("", Handle)
        .WithName("ReadMembers")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.Support | StaffRole.PrivacyOfficer))
        .Opens()
        .WithSummary("Who belongs to the account, and which invitations are open.")
        .Produces<MembersView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
