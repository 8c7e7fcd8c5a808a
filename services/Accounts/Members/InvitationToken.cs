using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EPerfect.PersonalData;

namespace EPerfect.Accounts.Members;

/// <summary>What the mail's link carries: which invitation, and a keyed proof that we wrote it. Nothing of it is
/// stored; who reads the database cannot make one.</summary>
internal sealed class InvitationToken(BlindIndex index)
{
    // Not in hexadecimal: one in a hundred would hold a run of digits that could be a card's number, and be refused.
    public string Make(Guid accountId, Guid invitationId) =>
        $"{Text(accountId)}.{Text(invitationId)}.{Proof(accountId, invitationId)}";

    public bool TryRead(string token, out Guid accountId, out Guid invitationId)
    {
        (accountId, invitationId) = (Guid.Empty, Guid.Empty);
        return token.Split('.') is [var account, var invitation, var proof]
            && TryId(account, out accountId)
            && TryId(invitation, out invitationId)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(proof), Encoding.UTF8.GetBytes(Proof(accountId, invitationId)));
    }

    private static string Text(Guid id) => Base64Url.EncodeToString(id.ToByteArray());

    private static bool TryId(string text, out Guid id)
    {
        var valid = Base64Url.IsValid(text, out var length) && length == 16;
        id = valid ? new Guid(Base64Url.DecodeFromChars(text)) : Guid.Empty;
        return valid;
    }

    private string Proof(Guid accountId, Guid invitationId) =>
        index.Compute("invitation-token", $"{accountId:N} {invitationId:N}");
}
