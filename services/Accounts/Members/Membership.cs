using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Accounts.Members;

/// <summary>
/// Who belongs to which account, as tokens say it. A document that commits with the account's events: it must be found
/// by the login.
/// </summary>
/// <param name="Id">One for each login and account.</param>
/// <param name="LoginId">Who.</param>
/// <param name="AccountId">Of which account.</param>
/// <param name="Role">owner, billing or technical.</param>
internal sealed record Membership(
    Guid Id, Guid LoginId, Guid AccountId, [InClear<MemberPart>] string Role)
{
    /// <summary>Tokens name each account, and the gateway takes headers of 16 KiB: a hundred are 7 of them.</summary>
    public const int Most = 100;

    /// <summary>Whether the login belongs to no more accounts. Of many who join at once a few may be beyond it.</summary>
    public static async Task<bool> IsFullAsync(IDocumentSession session, Guid loginId, CancellationToken ct) =>
        await session.Query<Membership>().CountAsync(one => one.LoginId == loginId, ct) >= Most;

    public static Membership Of(Guid loginId, Guid accountId, string role) =>
        new(IdOf(loginId, accountId), loginId, accountId, role);

    public static Guid IdOf(Guid loginId, Guid accountId) => DeterministicId.From(accountId, loginId.ToString("N"));
}
