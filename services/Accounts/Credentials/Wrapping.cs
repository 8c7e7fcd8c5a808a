using System.Buffers.Text;
using System.Globalization;
using System.Text;
using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Secrets at rest that are not personal data: wrapped under the key-encryption key, which is not in the database, and
/// bound to their place. Written <c>w1.epoch.base64url</c>.
/// </summary>
internal sealed class Wrapping(IKeyEncryptionKeyProvider keys)
{
    private const string Format = "w1";

    public async Task<string> WrapAsync(string place, ReadOnlyMemory<byte> secret, CancellationToken ct)
    {
        var epoch = keys.CurrentEpoch;
        var wrapped = await keys.WrapAsync(epoch, secret, Context(place), ct);
        return string.Create(CultureInfo.InvariantCulture, $"{Format}.{epoch}.{Base64Url.EncodeToString(wrapped)}");
    }

    /// <exception cref="TamperSuspectedException">Altered, or moved from another place.</exception>
    public async Task<byte[]> UnwrapAsync(string place, string text, CancellationToken ct) =>
        text.Split('.') is [Format, var epoch, var wrapped]
        && int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await keys.UnwrapAsync(number, Base64Url.DecodeFromChars(wrapped), Context(place), ct)
            : throw new TamperSuspectedException("This is not a wrapped secret.");

    private static byte[] Context(string place) => Encoding.UTF8.GetBytes($"accounts|{place}");
}
