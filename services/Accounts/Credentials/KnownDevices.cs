using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// A cookie that says, by their blind indexes, whose addresses signed in from here before. It lets nobody in: it only
/// keeps strangers' wrong passwords apart from the owner's, and tells whether a sign-in is worth a mail.
/// </summary>
internal sealed class KnownDevices(IDataProtectionProvider protection, IConfiguration configuration)
{
    private const int MostPeople = 5;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private readonly string name = Issuer.Cookie(configuration, "eperfect.device");
    private readonly IDataProtector protector = protection.CreateProtector("known-device");

    /// <summary>The device's own name, if the person was here before.</summary>
    public string? Find(HttpContext http, string emailIndex) =>
        Read(http) is { } device && device.People.Contains(emailIndex) ? device.Name : null;

    public void Remember(HttpContext http, string emailIndex)
    {
        var device = Read(http) ?? new Device(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), []);
        var others = device.People.Where(person => person != emailIndex).Take(MostPeople - 1);
        var text = string.Join(' ', [device.Name, emailIndex, .. others]);
        http.Response.Cookies.Append(name, protector.Protect(text), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = Issuer.IsSecure(configuration),
        });
    }

    private Device? Read(HttpContext http)
    {
        if (http.Request.Cookies[name] is not { Length: > 0 } cookie) return null;
        try
        {
            var words = protector.Unprotect(cookie).Split(' ');
            return new Device(words[0], words[1..]);
        }
        catch (CryptographicException)
        {
            // Altered, or older than our keys: nobody is known here.
            return null;
        }
    }

    private sealed record Device(string Name, IReadOnlyList<string> People);
}
