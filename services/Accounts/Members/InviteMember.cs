using System.Collections.Immutable;
using System.Globalization;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Mail;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

internal sealed record InviteMemberRequest(string Email, string Role);

/// <summary>An owner asks somebody in, by mail. The mail commits with the event.</summary>
internal static class InviteMember
{
    private const int Most = 20;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    internal static Decision Decide(Account account, MemberInvited invited, Guid? login) =>
        account.IsClosed ? AccountRefusals.Closed
        : login is { } known && account.Members.ContainsKey(known) ? MemberRefusals.AlreadyMember
        : account.Invitations.Values.Count(one => one.ExpiresAt > invited.InvitedAt) >= Most ? MemberRefusals.TooMany
        : Decision.Of(invited);

    private static async Task<IResult> Handle(
        Guid accountId,
        InviteMemberRequest request,
        Commands commands,
        Caller caller,
        Logins logins,
        IServiceScopeFactory scopes,
        BlindIndex index,
        Vault vault,
        MailQueue mails,
        TimeProvider time,
        HttpResponse response,
        CancellationToken ct)
    {
        if ((MemberRoles.Check(request.Role) ?? Contact.CheckEmail(request.Email)) is { } refusal) return Problems.From(refusal);
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var who = caller.UserId;
        var login = (await logins.FindAsync(request.Email, ct))?.Id;
        return await commands.ChangeAsync<Account>(accountId, async (account, work, ct) =>
        {
            var address = await vault.SealAsync(id, new InvitedAddress(request.Email), ct);
            var decision = Decide(account, new MemberInvited(id, request.Role, address, now, now + Lifetime, who), login);
            if (decision.Refusal is not null) return decision;
            var place = Attempts.Mail(InvitationMail.Kind, index.ForEmail(request.Email));
            // On a connection of its own: the request's goes when its client hangs up, and this goes on.
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.GetRequiredService<Attempts>().TakeAsync(place, ct))
                return MemberRefusals.MailRests;
            await mails.RequestAsync(work, new MailRequest(InvitationMail.Kind, id, request.Email)
            {
                Arguments = ImmutableSortedDictionary<string, string>.Empty
                    .Add("account", accountId.ToString("N"))
                    .Add("role", request.Role)
                    .Add("until", (now + Lifetime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            }, ct);
            return decision;
        }, ct);
    }

    public static void Map(RouteGroupBuilder members) => members.MapPost("/invitations", Handle)
        .WithName("InviteMember")
        .Allow(Access.Of(MemberRole.Owner))
        .WithSummary("Invites somebody by mail; the invitation is good for seven days.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);
}
