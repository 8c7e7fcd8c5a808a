using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Mail;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.OpenId;
using EPerfect.Accounts.Tests.Slices;
using EPerfect.PersonalData;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Accounts.Tests.Members;

/// <summary>Who belongs to an account: invited by an owner, by mail, under a name of their own.</summary>
public sealed class Belonging(AccountsService accounts) : IClassFixture<AccountsService>
{
    private const string Waiting = """
        select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%identity.attempts%'
        """;

    private TestService Running => accounts.Running;

    [Fact]
    public async Task Who_opens_an_account_owns_it_from_the_next_token_on()
    {
        var (owner, account) = await OpenAsync();

        (await ClaimsAsync(owner)).ShouldBe([$"{account:D}:owner"]);
        var members = await (await As(owner, account, "owner").GetAsync($"/api/accounts/{account}/members")).JsonAsync();
        ((string)members["members"]![0]!["loginId"]!).ShouldBe(owner.ToString());
    }

    [Fact]
    public async Task A_program_opens_no_account()
    {
        var token = Running.Issuer.Token("some-client", [], client: "some-client");
        var answer = await Running.As(token).PostWithKeyAsync("/api/accounts", AccountsService.Body());

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Who_was_invited_joins_and_acts_under_an_own_name()
    {
        var (owner, account) = await OpenAsync();
        var guest = await NewLoginAsync();
        (await InviteAsync(owner, account, "technical")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var token = await TokenOfAsync(account);

        (await AcceptAsync(guest, token)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await AcceptAsync(guest, token)).StatusCode.ShouldBe(HttpStatusCode.NoContent, "a repeat changes nothing");
        (await ClaimsAsync(guest)).ShouldBe([$"{account:D}:technical"]);
        var history = await (await As(owner, account, "owner").GetAsync($"/api/accounts/{account}/history")).JsonAsync();
        var joined = history["items"]!.AsArray().Single(entry => (string)entry!["event"]! == "member_joined")!;
        ((string)joined["actor"]!).ShouldBe($"user/{guest:D}");
        ((string)joined["actorEmail"]!).ShouldContain("@canary.example");
        var seen = await (await As(guest, account, "technical").GetAsync($"/api/accounts/{account}/history")).JsonAsync();
        seen["items"]!.AsArray().ShouldAllBe(entry => entry!["actorEmail"] == null);
    }

    [Fact]
    public async Task An_invitation_is_good_once_and_its_address_is_forgotten()
    {
        var (owner, account) = await OpenAsync();
        await InviteAsync(owner, account, "billing");
        var invitation = (await LatestAsync(account)).Invitations.Values.Single();
        var token = await TokenOfAsync(account);
        await AcceptAsync(await NewLoginAsync(), token);

        var late = await AcceptAsync(await NewLoginAsync(), token);
        late.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await late.ProblemCodeAsync()).ShouldBe("invitation-over");
        await Until.TrueAsync(
            async () => await accounts.Get<Vault>().OpenAsync(invitation.Address, default) is Opened<InvitedAddress>.Erased,
            "the address is shredded");
    }

    [Fact]
    public async Task A_withdrawn_invitation_is_over()
    {
        var (owner, account) = await OpenAsync();
        await InviteAsync(owner, account, "owner");
        var token = await TokenOfAsync(account);
        var id = (await LatestAsync(account)).Invitations.Keys.Single();

        (await As(owner, account, "owner").DeleteAsync($"/api/accounts/{account}/members/invitations/{id}"))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await AcceptAsync(await NewLoginAsync(), token)).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0190f3a0000070008000000000000abc.0190f3a0000070008000000000000abc.AAAA")]
    public async Task A_token_that_we_did_not_write_opens_nothing(string token) =>
        (await AcceptAsync(await NewLoginAsync(), token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    /// <summary>Each account stands in the token, and past the gateway's 16 KiB of headers no request gets through.</summary>
    [Fact]
    public async Task Who_belongs_to_a_hundred_accounts_joins_no_other_and_still_has_a_token_that_passes()
    {
        var (owner, account) = await OpenAsync();
        var body = AccountsService.Body();
        var guest = await Running.LoginAsync(body["email"]!.GetValue<string>());
        await InviteAsync(owner, account, "technical");
        await using (var session = accounts.Get<IDocumentStore>().LightweightSession())
        {
            for (var i = 0; i < 100; i++) session.Store(Membership.Of(guest, Guid.CreateVersion7(), "technical"));
            await session.SaveChangesAsync();
        }

        var joining = await AcceptAsync(guest, await TokenOfAsync(account));
        var opening = await Running.As(guest).PostWithKeyAsync("/api/accounts", body);

        (await joining.ProblemCodeAsync()).ShouldBe("memberships-too-many");
        (await opening.ProblemCodeAsync()).ShouldBe("memberships-too-many");
        (await LatestAsync(account)).Members.ShouldNotContainKey(guest);
        var claims = await ClaimsAsync(guest);
        claims.Count.ShouldBe(100);
        Running.Issuer.Token(guest.ToString("D"), [.. claims]).Length.ShouldBeLessThan(12 * 1024);
    }

    [Fact]
    public async Task The_last_owner_neither_goes_nor_becomes_less()
    {
        var (owner, account) = await OpenAsync();
        var client = As(owner, account, "owner");

        (await (await client.DeleteAsync($"/api/accounts/{account}/members/{owner}")).ProblemCodeAsync())
            .ShouldBe("last-owner");
        (await (await client.PutAsync($"/api/accounts/{account}/members/{owner}", new { role = "billing" }))
            .ProblemCodeAsync()).ShouldBe("last-owner");
    }

    [Fact]
    public async Task A_member_becomes_something_else_and_goes()
    {
        var (owner, account) = await OpenAsync();
        var guest = await NewLoginAsync();
        await InviteAsync(owner, account, "technical");
        await AcceptAsync(guest, await TokenOfAsync(account));
        var client = As(owner, account, "owner");

        (await client.PutAsync($"/api/accounts/{account}/members/{guest}", new { role = "owner" }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ClaimsAsync(guest)).ShouldBe([$"{account:D}:owner"]);
        (await client.DeleteAsync($"/api/accounts/{account}/members/{guest}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ClaimsAsync(guest)).ShouldBeEmpty();
        (await client.DeleteAsync($"/api/accounts/{account}/members/{guest}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_member_goes_but_sends_nobody_away()
    {
        var (owner, account) = await OpenAsync();
        var guest = await NewLoginAsync();
        await InviteAsync(owner, account, "billing");
        await AcceptAsync(guest, await TokenOfAsync(account));
        var client = As(guest, account, "billing");

        (await client.DeleteAsync($"/api/accounts/{account}/members/{owner}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.DeleteAsync($"/api/accounts/{account}/members/{guest}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("billing")]
    [InlineData("technical")]
    public async Task Only_an_owner_invites(string role)
    {
        var (_, account) = await OpenAsync();
        var answer = await As(await NewLoginAsync(), account, role).PostWithKeyAsync(
            $"/api/accounts/{account}/members/invitations",
            new { email = AccountsService.NewEmail(), role = "owner" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("nobody", "technical", "email-invalid")]
    [InlineData("a@canary.example", "client", "member-role-unknown")]
    public async Task An_invitation_names_an_address_and_a_role(string email, string role, string code)
    {
        var (owner, account) = await OpenAsync();
        var answer = await As(owner, account, "owner").PostWithKeyAsync(
            $"/api/accounts/{account}/members/invitations", new { email, role });

        ((int)answer.StatusCode).ShouldBe(422);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task The_mail_carries_the_token_and_is_not_written_when_the_invitation_is_over()
    {
        var (owner, account) = await OpenAsync();
        await InviteAsync(owner, account, "technical");
        var id = (await LatestAsync(account)).Invitations.Keys.Single();
        await using var scope = Running.Services.CreateAsyncScope();
        var template = scope.ServiceProvider.GetRequiredKeyedService<IMailTemplate>(InvitationMail.Kind);
        var mail = new MailToWrite(
            Guid.NewGuid(), id, "x@canary.example",
            new Dictionary<string, string>
            {
                ["account"] = account.ToString("N"), ["role"] = "technical", ["until"] = "2026-03-08",
            },
            Given.Now);

        var token = await TokenOfAsync(account);
        (await template.WriteAsync(mail, default))!.Body.ShouldContain($"identity/invitation?token={token}");
        await AcceptAsync(await NewLoginAsync(), token);
        (await template.WriteAsync(mail, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobodys_mailbox_is_filled_with_invitations()
    {
        var (owner, account) = await OpenAsync();
        var email = AccountsService.NewEmail();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await As(owner, account, "owner").PostWithKeyAsync(
                $"/api/accounts/{account}/members/invitations", new { email, role = "billing" }));
        }

        answers.Select(answer => (int)answer.StatusCode).ShouldBe([204, 204, 204, 204, 204, 429]);
        (await answers[^1].ProblemCodeAsync()).ShouldBe("invitation-too-soon");
        (await InviteAsync(owner, account, "billing")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    /// <summary>What is being written goes on, and must not lean on what went with who asked.</summary>
    [Fact]
    public async Task Given_an_owner_who_hangs_up_in_the_middle_Then_the_invitation_is_made_all_the_same()
    {
        var (owner, account) = await OpenAsync();
        await using var connection = new NpgsqlConnection(Running.Database.Admin);
        await connection.OpenAsync();
        await using var held = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("lock table identity.attempts in exclusive mode", connection, held);
        await hold.ExecuteNonQueryAsync();
        using var client = As(owner, account, "owner");
        var sent = client.PostWithKeyAsync(
            $"/api/accounts/{account}/members/invitations", new { email = AccountsService.NewEmail(), role = "billing" });
        await Until.TrueAsync(async () => await accounts.AskAsync<long>(Waiting) == 1, "it waits to be counted");

        client.CancelPendingRequests();
        await Should.ThrowAsync<OperationCanceledException>(sent);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await held.RollbackAsync();

        await Until.TrueAsync(async () => (await LatestAsync(account)).Invitations.Count == 1, "it is made");
    }

    private HttpClient As(Guid login, Guid account, string role) =>
        Running.As(Running.Issuer.Token(login.ToString("D"), [$"{account:D}:{role}"]));

    private async Task<(Guid Owner, Guid Account)> OpenAsync()
    {
        var body = AccountsService.Body();
        var owner = await Running.LoginAsync(body["email"]!.GetValue<string>());
        var answer = await Running.OpenAsync(body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (owner, AccountsService.IdOf(answer.Headers.Location!.OriginalString));
    }

    private Task<Guid> NewLoginAsync() => Running.LoginAsync(AccountsService.NewEmail());

    private Task<HttpResponseMessage> InviteAsync(Guid owner, Guid account, string role) =>
        As(owner, account, "owner").PostWithKeyAsync(
            $"/api/accounts/{account}/members/invitations", new { email = AccountsService.NewEmail(), role });

    private Task<HttpResponseMessage> AcceptAsync(Guid login, string token) =>
        Running.As(Running.Issuer.Token(login.ToString("D"), []))
            .PostWithKeyAsync("/api/accounts/invitations/accept", new JsonObject { ["token"] = token });

    private async Task<string> TokenOfAsync(Guid account) => accounts.Get<InvitationToken>().Make(
        account, (await LatestAsync(account)).Invitations.Keys.Single());

    private async Task<Account> LatestAsync(Guid account)
    {
        await using var session = accounts.Get<IDocumentStore>().LightweightSession();
        return (await session.Events.FetchLatest<Account>(account))!;
    }

    /// <summary>What the next token would say.</summary>
    private async Task<IReadOnlyList<string>> ClaimsAsync(Guid login)
    {
        await using var scope = Running.Services.CreateAsyncScope();
        var known = await scope.ServiceProvider.GetRequiredService<IdentityDatabase>().Users.FindAsync(login);
        var principal = await scope.ServiceProvider.GetRequiredService<TokenClaims>()
            .OfLoginAsync(known!, [], [], ["pwd"], Given.Now, default);
        return [.. JsonNode.Parse(principal.FindFirst("accounts")!.Value)!.AsArray().Select(one => (string)one!)];
    }
}
