using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EPerfect.PersonalData;

/// <summary>
/// Finds a value without storing it: equal values give equal indexes, and without the key an index tells nothing. An
/// index is still personal data: delete it when the person is erased.
/// </summary>
/// <param name="options">Whose indexes. Two services' indexes of one value differ and cannot be matched.</param>
public sealed class BlindIndex(VaultOptions options)
{
    private readonly byte[] key = options.KeyEncryptionKeys.DeriveIndexKey(options.Schema);

    /// <summary>The index of a value, exactly as it is written.</summary>
    /// <param name="purpose"> What is looked up, for example <c>phone</c>: one value has different indexes for
    /// different purposes.
    /// </param>
    /// <param name="value">The value, already in its one normal form.</param>
    /// <returns>43 characters of base64url.</returns>
    public string Compute(string purpose, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        var plain = Encoding.UTF8.GetBytes(value);
        // A key of its own for each purpose: no choice of purpose and value can run into another's.
        var purposeKey = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(purpose));
        try
        {
            return Base64Url.EncodeToString(HMACSHA256.HashData(purposeKey, plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            CryptographicOperations.ZeroMemory(purposeKey);
        }
    }

    /// <summary>
    /// The index of an e-mail address. All spellings that <see cref="EmailAddress"/> takes for one give the same.
    /// </summary>
    /// <param name="email">The address as it was given.</param>
    /// <returns>43 characters of base64url.</returns>
    /// <exception cref="FormatException"> Not an address: check with <see cref="EmailAddress.TryNormalise"/> first.
    /// </exception>
    public string ForEmail(string email) =>
        EmailAddress.TryNormalise(email, out var normal)
            ? Compute("email", normal)
            : throw new FormatException("This is not an e-mail address.");
}
