using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// What proves that somebody reads the mail of an address. A token is made when its mail is sent and stored nowhere.
/// It holds an id and the state at that time, and is good once because using it changes the state.
/// </summary>
internal sealed class MailLinks(IDataProtectionProvider protection, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>An address at our pages, as a mail names it.</summary>
    public string Url(string path, string? token = null) =>
        new Uri(Issuer.Of(configuration), $"{path}{(token is null ? "" : $"?token={token}")}").AbsoluteUri;

    public string Make(string purpose, Guid id, string state, TimeSpan lifetime) => Base64Url.EncodeToString(
        Protector(purpose).Protect(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{id:N} {(clock.GetUtcNow() + lifetime).ToUnixTimeSeconds()} {state}"))));

    /// <summary>What the token was made for; null if it was not made here, for this, or is too old.</summary>
    public (Guid Id, string State)? Read(string purpose, string? token)
    {
        if (token is null || !Base64Url.IsValid(token)) return null;
        try
        {
            var words = Encoding.UTF8.GetString(Protector(purpose).Unprotect(Base64Url.DecodeFromChars(token))).Split(' ');
            return clock.GetUtcNow().ToUnixTimeSeconds() < long.Parse(words[1], CultureInfo.InvariantCulture)
                ? (Guid.ParseExact(words[0], "N"), words[2])
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string purpose) => protection.CreateProtector("mail-link", purpose);
}
