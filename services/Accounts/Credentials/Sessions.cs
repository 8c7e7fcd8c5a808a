using System.Globalization;
using System.Security.Claims;
using EPerfect.Accounts.OpenId;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Who is signed in with a browser, and by what they proved it (<c>amr</c>, RFC 8176). A session ends with the login's
/// security stamp, at once and everywhere. While something is still to be proven or changed, the person is only held.
/// </summary>
internal sealed class Sessions(
    UserManager<Login> users, IUserClaimsPrincipalFactory<Login> principals, TimeProvider clock)
{
    public const string Proof = "amr";

    public const string Password = "pwd";
    public const string OneTimeCode = "otp";
    public const string Passkey = "pop";
    public const string SecondFactor = "mfa";

    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    public async Task BeginAsync(HttpContext http, Login login, IEnumerable<string> proven)
    {
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await SignInAsync(http, IdentityConstants.ApplicationScheme, login, proven);
    }

    /// <summary>The person is known, but not yet signed in.</summary>
    public Task HoldAsync(HttpContext http, Login login, IEnumerable<string> proven) =>
        SignInAsync(http, IdentityConstants.TwoFactorUserIdScheme, login, proven);

    public static async Task EndAsync(HttpContext http)
    {
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
    }

    public Task<Session?> CurrentAsync(HttpContext http) => ReadAsync(http, IdentityConstants.ApplicationScheme);

    public Task<Session?> HeldAsync(HttpContext http) => ReadAsync(http, IdentityConstants.TwoFactorUserIdScheme);

    /// <summary>Whom a cookie names, while its stamp is the login's.</summary>
    public async Task<Login?> LoginOfAsync(ClaimsPrincipal? principal)
    {
        if (principal is null || await users.GetUserAsync(principal) is not { } login) return null;
        var stamp = principal.FindFirstValue(users.Options.ClaimsIdentity.SecurityStampClaimType);
        return string.Equals(stamp, login.SecurityStamp, StringComparison.Ordinal) ? login : null;
    }

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = async context =>
        {
            var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
            if (await sessions.LoginOfAsync(context.Principal) is not null) return;
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
        };
    }

    private async Task<Session?> ReadAsync(HttpContext http, string scheme)
    {
        var cookie = await http.AuthenticateAsync(scheme);
        if (await LoginOfAsync(cookie.Principal) is not { } login) return null;
        var at = DateTimeOffset.Parse(cookie.Properties!.Items[SignIns.At]!, CultureInfo.InvariantCulture);
        return new Session(
            login,
            [.. cookie.Principal!.FindAll(Proof).Select(claim => claim.Value)],
            IsFresh: clock.GetUtcNow() - at < Fresh);
    }

    private async Task SignInAsync(HttpContext http, string scheme, Login login, IEnumerable<string> proven)
    {
        var principal = await principals.CreateAsync(login);
        ((ClaimsIdentity)principal.Identity!).AddClaims(proven.Distinct().Select(proof => new Claim(Proof, proof)));
        var properties = new AuthenticationProperties();
        properties.Items[SignIns.At] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        await http.SignInAsync(scheme, principal, properties);
    }
}

/// <param name="Login">Who.</param>
/// <param name="Proven">By what.</param>
/// <param name="IsFresh">Proven a moment ago: enough to change what opens the door.</param>
internal sealed record Session(Login Login, IReadOnlyList<string> Proven, bool IsFresh)
{
    public bool HasSecondFactor => Proven.Contains(Sessions.SecondFactor);
}
