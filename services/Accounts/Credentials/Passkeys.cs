using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace EPerfect.Accounts.Credentials;

/// <summary>What a browser needs to ask an authenticator, and what it gives back to us unread.</summary>
internal sealed record PasskeyChallenge(string Options, string State);

/// <summary>
/// Passkeys (WebAuthn): the device proves who is there, and that it checked, so one is two factors. The challenge goes
/// through the form, sealed, and is good once and for five minutes.
/// </summary>
internal sealed class Passkeys(
    IPasskeyHandler<Login> handler,
    UserManager<Login> users,
    Attempts attempts,
    IDataProtectionProvider protection,
    TimeProvider clock)
{
    /// <summary>Where one may be kept, by which its owner knows it. Not in words of one's own: such a name tells of a person, and
    /// would rest in clear.</summary>
    public static readonly IReadOnlyList<string> Places = ["Phone or tablet", "Computer", "Security key", "Password manager"];

    private const string Elsewhere = "Passkey";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly IDataProtector protector = protection.CreateProtector("passkey-challenge");

    /// <summary>For a new passkey.</summary>
    public async Task<PasskeyChallenge> ForNewAsync(HttpContext http, Login login, string email)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = login.Id.ToString("D"), Name = email, DisplayName = email }, http);
        return new PasskeyChallenge(made.CreationOptionsJson, Seal(made.AttestationState!));
    }

    /// <summary>For signing in: with any passkey, or as the second step of one person.</summary>
    public async Task<PasskeyChallenge> ForSignInAsync(HttpContext http, Login? login)
    {
        var made = await handler.MakeRequestOptionsAsync(login, http);
        return new PasskeyChallenge(made.RequestOptionsJson, Seal(made.AssertionState!));
    }

    /// <returns>Whether the passkey is right and now the login's.</returns>
    /// <exception cref="OvertakenException">The login changed meanwhile; whoever calls takes the passkey's row back.</exception>
    public async Task<bool> AddAsync(
        HttpContext http, Login login, string credential, string state, string? place, CancellationToken cancellationToken)
    {
        if (await OpenAsync(state, cancellationToken) is not { } attestation) return false;
        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = attestation });
        if (!result.Succeeded || result.UserEntity.Id != login.Id.ToString("D")) return false;
        result.Passkey.Name = Known(place);
        (await users.AddOrUpdatePasskeyAsync(login, result.Passkey)).Demand();
        return true;
    }

    /// <returns>Whose passkey it is; null if it is nobody's, or not right.</returns>
    public async Task<Login?> SignInAsync(
        HttpContext http, string credential, string state, CancellationToken cancellationToken)
    {
        if (await OpenAsync(state, cancellationToken) is not { } assertion) return null;
        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = assertion });
        if (!result.Succeeded || result.User.IsShut) return null;
        // Its counter: a copy of the device would lag behind.
        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User;
    }

    /// <returns>Whether there was one.</returns>
    /// <exception cref="OvertakenException">The login changed meanwhile; whoever calls leaves the passkey there.</exception>
    public async Task<bool> RemoveAsync(Login login, string id)
    {
        if (!Base64Url.IsValid(id)) return false;
        var bytes = Base64Url.DecodeFromChars(id);
        if (await users.GetPasskeyAsync(login, bytes) is null) return false;
        (await users.RemovePasskeyAsync(login, bytes)).Demand();
        return true;
    }

    /// <summary>What the owner knows each by.</summary>
    public async Task<IReadOnlyList<(string Id, string Name, DateTimeOffset AddedAt)>> ListAsync(Login login) =>
    [
        .. (await users.GetPasskeysAsync(login)).Select(
            passkey => (Base64Url.EncodeToString(passkey.CredentialId), Known(passkey.Name), passkey.CreatedAt)),
    ];

    private static string Known(string? place) => place is not null && Places.Contains(place) ? place : Elsewhere;

    private string Seal(string state) => protector.Protect(string.Create(
        CultureInfo.InvariantCulture, $"{(clock.GetUtcNow() + Patience).ToUnixTimeSeconds()} {state}"));

    private async Task<string?> OpenAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            var parts = protector.Unprotect(text).Split(' ', 2);
            var ends = long.Parse(parts[0], CultureInfo.InvariantCulture);
            // By what was sealed: the text around it can be written in more than one way.
            var key = $"challenge:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(parts[1])))[..32]}";
            return clock.GetUtcNow().ToUnixTimeSeconds() < ends && await attempts.IsFirstAsync(key, cancellationToken)
                ? parts[1]
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static void Configure(IdentityPasskeyOptions options, IConfiguration configuration)
    {
        var issuer = Issuer.Of(configuration);
        options.ServerDomain = issuer.Host;
        // Who is there must be checked by the device, and found by it without a name.
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        // The browser's own word, signed by the authenticator; no header reaches us through the gateway.
        options.ValidateOrigin = context => ValueTask.FromResult(
            !context.CrossOrigin && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)
            && origin.GetLeftPart(UriPartial.Authority) == issuer.GetLeftPart(UriPartial.Authority));
    }
}
