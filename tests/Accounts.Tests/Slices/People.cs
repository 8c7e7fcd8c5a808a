using System.Text.Json.Nodes;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Members;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Slices;

/// <summary>Whoever signs in with an address: the login is made when somebody first asks for it.</summary>
internal static class People
{
    /// <summary>The login of this address.</summary>
    public static async Task<Guid> LoginAsync(this TestService accounts, string email, bool verified = true)
    {
        await using var scope = accounts.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (await services.GetRequiredService<Logins>().FindAsync(email, default) is { } known) return known.Id;
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var address = await services.GetRequiredService<Vault>().SealAsync(id, new SignInAddress(email), default);
        // Without a password, whose hash takes long on purpose.
        var login = new Login(id, services.GetRequiredService<BlindIndex>().ForEmail(email), address, now)
        {
            EmailConfirmed = verified,
        };
        (await services.GetRequiredService<UserManager<Login>>().CreateAsync(login)).Succeeded.ShouldBeTrue();
        return id;
    }

    /// <summary>Talks as that person, who owns every account that is spoken of.</summary>
    public static async Task<HttpClient> PersonAsync(this TestService accounts, string email, bool verified = true) =>
        accounts.As(await accounts.LoginAsync(email, verified));

    /// <summary>Opens as the person whose address it is.</summary>
    public static async Task<HttpResponseMessage> OpenAsync(this TestService accounts, JsonObject body, string? key = null) =>
        await (await accounts.PersonAsync(EmailOf(body))).PostWithKeyAsync("/api/accounts", body, key);

    /// <summary>Changes the profile as the person whose address it will have, and who becomes an owner for it.</summary>
    public static async Task<HttpResponseMessage> ChangeProfileAsync(
        this TestService accounts, string path, JsonObject body, string? ifMatch = null)
    {
        await accounts.JoinAsync(AccountsService.IdOf(path), await accounts.LoginAsync(EmailOf(body)));
        return await (await accounts.PersonAsync(EmailOf(body))).PutAsync($"{path}/profile", body, ifMatch);
    }

    /// <summary>Makes somebody a member of the account, who is none yet.</summary>
    public static Task JoinAsync(this TestService accounts, Guid account, Guid person, string role = MemberRoles.Owner) =>
        accounts.Services.GetRequiredService<Writer>().ChangeAsync<Account>(
            account,
            "test",
            state => state?.Members.ContainsKey(person) != false
                ? Decision.Nothing
                : Decision.Of(new MemberJoined(person, role, Guid.CreateVersion7(), TimeProvider.System.GetUtcNow())),
            default);

    private static string EmailOf(JsonObject body) => body["email"]!.GetValue<string>();
}
