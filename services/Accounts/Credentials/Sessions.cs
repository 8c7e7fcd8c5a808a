using System.Globalization;
using System.Security.Claims;
using EPerfect.Accounts.OpenId;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Who is signed in with a browser, and by what they proved it (<c>amr</c>, RFC 8176). A session ends with the login's
/// security stamp, at once and everywhere, or when the person ends it: also for who copied the cookie. While something is
/// still to be proven or changed, the person is only held.
/// </summary>
internal sealed class Sessions(
    UserManager<Login> users, IUserClaimsPrincipalFactory<Login> principals, IdentityDatabase database, TimeProvider clock)
{
    public const string Proof = "amr";
    public const string Id = "sid";

    public const string Password = "pwd";
    public const string OneTimeCode = "otp";
    public const string Passkey = "pop";
    public const string SecondFactor = "mfa";

    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    public async Task BeginAsync(HttpContext http, Login login, IEnumerable<string> proven)
    {
        // Else the cookie that is replaced here would outlive a sign-out.
        await RevokeAsync(http);
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await SignInAsync(http, IdentityConstants.ApplicationScheme, login, proven, clock.GetUtcNow());
    }

    /// <summary>The session under the login's new stamp: as old as it was, so that nothing but signing in makes it fresh or
    /// longer.</summary>
    public async Task RenewAsync(HttpContext http, Session session, IEnumerable<string> proven)
    {
        await RevokeAsync(http);
        await SignInAsync(http, IdentityConstants.ApplicationScheme, session.Login, proven, session.At);
    }

    /// <summary>The person is known, but not yet signed in.</summary>
    public Task HoldAsync(HttpContext http, Login login, IEnumerable<string> proven) =>
        SignInAsync(http, IdentityConstants.TwoFactorUserIdScheme, login, proven, clock.GetUtcNow());

    public async Task EndAsync(HttpContext http)
    {
        await RevokeAsync(http);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
    }

    public Task<Session?> CurrentAsync(HttpContext http) => ReadAsync(http, IdentityConstants.ApplicationScheme);

    public Task<Session?> HeldAsync(HttpContext http) => ReadAsync(http, IdentityConstants.TwoFactorUserIdScheme);

    /// <summary>Whom a cookie names, while its stamp is the login's and nobody has ended it.</summary>
    public async Task<Login?> LoginOfAsync(ClaimsPrincipal? principal)
    {
        if (IdOf(principal) is not { } id || await users.GetUserAsync(principal!) is not { } login) return null;
        if (await database.EndedSessions.AnyAsync(ended => ended.Id == id)) return null;
        var stamp = principal!.FindFirstValue(users.Options.ClaimsIdentity.SecurityStampClaimType);
        return string.Equals(stamp, login.SecurityStamp, StringComparison.Ordinal) ? login : null;
    }

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.SlidingExpiration = false;
        // The pages say where to go, and judge it before.
        cookie.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
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
            at,
            IsFresh: clock.GetUtcNow() - at < Fresh);
    }

    private async Task RevokeAsync(HttpContext http)
    {
        foreach (var scheme in (string[])[IdentityConstants.ApplicationScheme, IdentityConstants.TwoFactorUserIdScheme])
        {
            if (IdOf((await http.AuthenticateAsync(scheme)).Principal) is not { } id) continue;
            var forgottenAt = clock.GetUtcNow() + SignIns.Longest;
            await database.Database.ExecuteSqlAsync(
                $"insert into identity.ended_sessions (id, forgotten_at) values ({id}, {forgottenAt}) on conflict do nothing",
                CancellationToken.None);
        }
    }

    private static Guid? IdOf(ClaimsPrincipal? principal) =>
        Guid.TryParseExact(principal?.FindFirstValue(Id), "N", out var id) ? id : null;

    private async Task SignInAsync(
        HttpContext http, string scheme, Login login, IEnumerable<string> proven, DateTimeOffset at)
    {
        var principal = await principals.CreateAsync(login);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new Claim(Id, Guid.CreateVersion7(clock.GetUtcNow()).ToString("N")));
        identity.AddClaims(proven.Distinct().Select(proof => new Claim(Proof, proof)));
        var properties = new AuthenticationProperties();
        properties.Items[SignIns.At] = at.ToString("O", CultureInfo.InvariantCulture);
        if (scheme == IdentityConstants.ApplicationScheme) properties.ExpiresUtc = at + SignIns.Longest;
        await http.SignInAsync(scheme, principal, properties);
    }
}

/// <param name="Login">Who.</param>
/// <param name="Proven">By what.</param>
/// <param name="At">When.</param>
/// <param name="IsFresh">Proven a moment ago: enough to change what opens the door.</param>
internal sealed record Session(Login Login, IReadOnlyList<string> Proven, DateTimeOffset At, bool IsFresh)
{
    public bool HasSecondFactor => Proven.Contains(Sessions.SecondFactor);
}
