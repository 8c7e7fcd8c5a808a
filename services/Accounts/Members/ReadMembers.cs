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
        Guid accountId, Reader reader, Logins logins, Vault vault, TimeProvider time, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        return reader.OneAsync<Account>(accountId, async (account, ct) =>
        {
            var addresses = await logins.AddressesAsync(account.Members.Keys, ct);
            var invitations = new List<InvitationView>();
            foreach (var open in account.Invitations.Values.Where(one => one.ExpiresAt > time.GetUtcNow()))
            {
                var address = (await vault.OpenAsync(open.Address, ct) as Opened<InvitedAddress>.Clear)?.Value.Email;
                invitations.Add(new InvitationView(open.Id, address, open.Role, open.ExpiresAt));
            }

            return Results.Ok(new MembersView(
                [.. account.Members.Select(one => new MemberView(one.Key, addresses.GetValueOrDefault(one.Key), one.Value))],
                invitations));
        }, ct);
    }

    public static void Map(RouteGroupBuilder members) => members.MapGet("", Handle)
        .WithName("ReadMembers")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.Support | StaffRole.PrivacyOfficer))
        .WithSummary("Who belongs to the account, and which invitations are open.")
        .Produces<MembersView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
