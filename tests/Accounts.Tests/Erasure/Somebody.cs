using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Mail;
using EPerfect.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Erasure;

/// <summary>A person of whom there is something in every corner of the service.</summary>
internal static class Somebody
{
    public const string Email = "quetzal.canary@mail.example";
    private const string From = "203.0.113.77";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    /// <summary>Somebody with an account, a login, a payment method, a guest, a program and a letter.</summary>
    public static async Task<(Guid Account, Guid Login)> LivesAsync(TestService accounts)
    {
        await using var scope = accounts.Services.CreateAsyncScope();
        var (login, made) = await scope.ServiceProvider.GetRequiredService<Logins>()
            .CreateAsync(Email, "correct horse battery quetzal", verified: true, Token);
        made.Succeeded.ShouldBeTrue();
        var http = new DefaultHttpContext();
        http.Request.Headers["X-Forwarded-For"] = From;
        await scope.ServiceProvider.GetRequiredService<Activity>()
            .RecordAsync(http, login.Id, ActivityKinds.SignedIn, Token);
        await scope.ServiceProvider.GetRequiredService<MailQueue>()
            .RequestAsync(new MailRequest(LetterKinds.NewSignIn, login.Id, Email), Token);
        using var person = accounts.As(accounts.Issuer.Token(login.Id.ToString("D")));
        var opened = await person.PostWithKeyAsync("/api/accounts", Profile(Email));
        var account = (await opened.JsonAsync())["id"]!.GetValue<Guid>();
        using var owner = Of(accounts, account, login.Id);
        (await owner.PutAsync($"/api/accounts/{account}/billing", new
        {
            paymentMethodToken = "tok_quetzal_77", brand = "visa", lastFour = "4242", expiry = "2099-12",
        })).EnsureSuccessStatusCode();
        (await owner.PostWithKeyAsync($"/api/accounts/{account}/members/invitations", new
        {
            email = "friend@mail.example", role = "billing",
        })).EnsureSuccessStatusCode();
        (await owner.PostWithKeyAsync($"/api/accounts/{account}/clients", new
        {
            name = "Quetzal's nightly", scopes = new[] { "orders:read" },
        })).EnsureSuccessStatusCode();
        return (account, login.Id);
    }

    public static object Profile(string email) => new
    {
        kind = "customer", name = "Quetzal Canary", email, phone = "+12025550177", acceptedPolicySet = 1,
        address = new { street = new[] { "77 Canary Lane" }, city = "Tallinn", country = "EE", postalCode = "10111" },
    };

    public static HttpClient Of(TestService accounts, Guid account, Guid login) =>
        accounts.As(accounts.Issuer.Token(login.ToString("D"), [$"{account:D}:owner"]));
}
