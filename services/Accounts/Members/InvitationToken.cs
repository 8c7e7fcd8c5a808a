using System.Security.Cryptography;
using System.Text;
using EPerfect.PersonalData;

namespace EPerfect.Accounts.Members;

/// <summary>What the mail's link carries: which invitation, and a keyed proof that we wrote it. Nothing of it is
/// stored; who reads the database cannot make one.</summary>
internal sealed class InvitationToken(BlindIndex index)
{
    public string Make(Guid accountId, Guid invitationId) =>
        $"{accountId:N}.{invitationId:N}.{Proof(accountId, invitationId)}";

    public bool TryRead(string token, out Guid accountId, out Guid invitationId)
    {
        (accountId, invitationId) = (Guid.Empty, Guid.Empty);
        return token.Split('.') is [var account, var invitation, var proof]
            && Guid.TryParseExact(account, "N", out accountId)
            && Guid.TryParseExact(invitation, "N", out invitationId)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(proof), Encoding.UTF8.GetBytes(Proof(accountId, invitationId)));
    }

    private string Proof(Guid accountId, Guid invitationId) =>
        index.Compute("invitation-token", $"{accountId:N} {invitationId:N}");
}
