using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Secrets at rest that are not personal data: under a key of the service, which is not in this database, and bound to
/// their place. Written <c>s1.version.base64url</c>.
/// </summary>
internal sealed class Wrapping(Vault vault)
{
    public Task<string> WrapAsync(string place, ReadOnlyMemory<byte> secret, CancellationToken ct) =>
        vault.SealSecretAsync(place, secret, ct);

    /// <exception cref="TamperSuspectedException">Altered, or moved from another place.</exception>
    public Task<byte[]> UnwrapAsync(string place, string text, CancellationToken ct) => vault.OpenSecretAsync(place, text, ct);
}
