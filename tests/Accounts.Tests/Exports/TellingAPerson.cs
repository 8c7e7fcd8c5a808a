using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Mail;
using EPerfect.Accounts.Members;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Exports;

/// <summary>A person gets the account, and of the own login all that hangs on it.</summary>
public sealed class TellingAPerson(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_declared_field_is_told_with_its_source_and_nothing_of_another_person()
    {
        await using var accounts = await StartAsync();
        var (account, login) = await LiveAsync(accounts, "quetzal");
        var (_, stranger) = await LiveAsync(accounts, "stranger");
        await JoinAsync(accounts, account, stranger, "billing");
        await using (var session = accounts.Services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            session.Insert(Membership.Of(login, Guid.CreateVersion7(), "technical"));
            await session.SaveChangesAsync(Token);
        }

        await GuessAndMoveAsync(accounts, login);

        var told = await new Exporting(accounts).TellAsync(account, login);

        ToldExtensions.DeclaredBy(AccountsModule.Define()).ShouldBeSubsetOf(told.Fields());
        told.Of("sign-in-address.email").Select(datum => datum.Value!.ToString())
            .ShouldBe(["quetzal.canary@mail.example", "moved.canary@mail.example"], ignoreOrder: true);
        told.Of("client-address.address").ShouldHaveSingleItem().Value!.ToString().ShouldBe("203.0.113.77");
        told.Of("activity-log.kind").Select(datum => datum.Value!.ToString()).ShouldContain(ActivityKinds.SignedIn);
        told.Of("api-client-name.name").ShouldHaveSingleItem().Value!.ToString().ShouldBe("quetzal's nightly");
        told.Of("mail-recipient.address").ShouldNotBeEmpty();
        told.SelectMany(one => one.Data).ShouldAllBe(datum => datum.Purpose.Length > 0 && datum.LegalBasis.Length > 0
            && datum.Retention.Length > 0 && datum.Description.Length > 0);
        told.ShouldAllBe(one => one.Source.Length > 0 && one.Id.Length > 0);
        told.Of("invited-address.email").ShouldAllBe(datum =>
            datum.State == ToldDatum.Held && datum.Reason == WithheldReasons.AnotherPerson && datum.Value == null);
        told.Single(one => one.Source == "member_joined").Withheld.ShouldBe(WithheldReasons.AnotherPerson);
        told.Text().ShouldNotContain("tranger");
        told.Text().ShouldNotContain("friend@");
        told.Text().ShouldNotContain(stranger.ToString());
        told.Text().ShouldNotContain("correct horse");
    }

    [Fact]
    public async Task A_second_owner_is_told_of_the_account_and_of_the_own_login_and_not_of_the_first_one_s()
    {
        await using var accounts = await StartAsync();
        var (account, login) = await LiveAsync(accounts, "quetzal");
        var (_, second) = await LiveAsync(accounts, "second");
        await JoinAsync(accounts, account, second, MemberRoles.Owner);

        var told = await new Exporting(accounts).TellAsync(account, second);
        var byLetter = new Exporting(accounts);
        var ofNobody = await byLetter.TellAsync(account);

        told.Of("account-identity.name").ShouldNotBeEmpty();
        told.Of("sign-in-address.email").ShouldHaveSingleItem().Value!.ToString().ShouldBe("second.canary@mail.example");
        told.Text().ShouldNotContain("quetzal.canary@mail.example\",\"field\":\"sign-in");
        ofNobody.Of("sign-in-address.email").ShouldBeEmpty("it is not known which of the owners wrote");
        (await byLetter.PartsAsync()).ShouldAllBe(part => part.LoginId == null);
        (await new Exporting(accounts).TellAsync(account, Guid.CreateVersion7())).Of("sign-in-address.email").ShouldBeEmpty();
        told.Where(one => one.Id == login.ToString("D")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_login_that_an_erasure_would_leave_alone_is_told_and_only_that_login_may_have_it()
    {
        await using var accounts = await StartAsync();
        var (account, login) = await LiveAsync(accounts, "quetzal");
        await using (var session = accounts.Services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            session.Insert(Membership.Of(login, Guid.CreateVersion7(), "billing"));
            await session.SaveChangesAsync(Token);
        }

        var export = new Exporting(accounts);
        var told = await export.TellAsync(account);

        told.Of("sign-in-address.email").ShouldHaveSingleItem();
        told.Single(one => one.Source == "membership").Data.ShouldHaveSingleItem().Value!.ToString().ShouldBe("billing");
        (await export.PartsAsync()).ShouldAllBe(part => part.LoginId == login);
    }

    private Task<TestService> StartAsync() =>
        TestService.StartAsync(AccountsModule.Define(), postgres, cancellationToken: Token);

    private static Task<Decision> JoinAsync(TestService accounts, Guid account, Guid login, string role) =>
        accounts.Services.GetRequiredService<Writer>().ChangeAsync<Account>(
            account,
            "test",
            _ => Decision.Of(new MemberJoined(login, role, Guid.CreateVersion7(), DateTimeOffset.UtcNow)),
            Token);

    private static async Task GuessAndMoveAsync(TestService accounts, Guid login)
    {
        await using var scope = accounts.Services.CreateAsyncScope();
        var mover = (await scope.ServiceProvider.GetRequiredService<Logins>().OfAsync([login], Token)).ShouldHaveSingleItem();
        await scope.ServiceProvider.GetRequiredService<Attempts>().TakeAsync(Attempts.Password(mover.EmailIndex), Token);
        await scope.ServiceProvider.GetRequiredService<ProvingAddresses>()
            .AskAsync("moved.canary@mail.example", mover, returnUrl: null, Token);
    }

    private static async Task<(Guid Account, Guid Login)> LiveAsync(TestService accounts, string name)
    {
        var email = $"{name}.canary@mail.example";
        await using var scope = accounts.Services.CreateAsyncScope();
        var (login, made) = await scope.ServiceProvider.GetRequiredService<Logins>()
            .CreateAsync(email, "correct horse battery quetzal", verified: true, Token);
        made.Succeeded.ShouldBeTrue();
        var http = new DefaultHttpContext();
        http.Request.Headers["X-Forwarded-For"] = "203.0.113.77";
        await scope.ServiceProvider.GetRequiredService<Activity>()
            .RecordAsync(http, login.Id, ActivityKinds.SignedIn, Token);
        await scope.ServiceProvider.GetRequiredService<MailQueue>()
            .RequestAsync(new MailRequest(LetterKinds.NewSignIn, login.Id, email), Token);
        using var person = accounts.As(accounts.Issuer.Token(login.Id.ToString("D")));
        var opened = await person.PostWithKeyAsync("/api/accounts", Profile(name, email));
        var account = (await opened.JsonAsync())["id"]!.GetValue<Guid>();
        using var owner = accounts.As(accounts.Issuer.Token(login.Id.ToString("D"), [$"{account:D}:owner"]));
        (await owner.PutAsync($"/api/accounts/{account}/billing", new
        {
            paymentMethodToken = $"tok_{name}_77", brand = "visa", lastFour = "4242", expiry = "2099-12",
            billingAddress = new { street = new[] { "77 Canary Lane" }, city = "Tallinn", country = "EE", postalCode = "10111" },
        })).EnsureSuccessStatusCode();
        (await owner.PostWithKeyAsync($"/api/accounts/{account}/members/invitations", new
        {
            email = "friend@mail.example", role = "billing",
        })).EnsureSuccessStatusCode();
        (await owner.PostWithKeyAsync($"/api/accounts/{account}/clients", new
        {
            name = $"{name}'s nightly", scopes = new[] { "orders:read" },
        })).EnsureSuccessStatusCode();
        return (account, login.Id);
    }

    private static object Profile(string name, string email) => new
    {
        kind = "customer", name = $"{name} Canary", email, phone = "+12025550177", acceptedPolicySet = 1,
        address = new { street = new[] { "77 Canary Lane" }, city = "Tallinn", country = "EE", postalCode = "10111" },
    };
}
