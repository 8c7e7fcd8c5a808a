using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

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
    public static Membership Of(Guid loginId, Guid accountId, string role) =>
        new(IdOf(loginId, accountId), loginId, accountId, role);

    public static Guid IdOf(Guid loginId, Guid accountId) => DeterministicId.From(accountId, loginId.ToString("N"));
}
