using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.Tests.Slices;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Members;

/// <summary>A token says for ten minutes what was so when it was issued. What is stored outweighs it.</summary>
public sealed class WhoWasSentAway(AccountsService accounts) : IClassFixture<AccountsService>
{
    private TestService Running => accounts.Running;

    public static TheoryData<string, string, string> Commands => new()
    {
        { "POST", "/members/invitations", """{"email":"own-mailbox@canary.example","role":"owner"}""" },
        { "DELETE", "/members/invitations/{invitation}", "" },
        { "PUT", "/members/{person}", """{"role":"owner"}""" },
        { "PUT", "/members/{other}", """{"role":"billing"}""" },
        { "DELETE", "/members/{other}", "" },
        { "POST", "/clients", """{"name":"back door","scopes":["accounts:write"]}""" },
        { "DELETE", "/clients/{client}", "" },
        { "PUT", "/profile", "{profile}" },
        { "PUT", "/billing", "{billing}" },
        { "POST", "/close", "" },
        { "GET", "", "" },
        { "GET", "/members", "" },
        { "GET", "/clients", "" },
        { "GET", "/history", "" },
    };

    [Theory, MemberData(nameof(Commands))]
    public async Task Given_a_removed_owner_When_the_old_token_is_used_Then_the_account_is_not_there(
        string method, string path, string body)
    {
        var (account, owner, person) = await WithTwoOwnersAsync();
        var call = await FillAsync(account, owner, person, path, body);
        (await As(owner, account).DeleteAsync($"/api/accounts/{account}/members/{person}")).EnsureSuccessStatusCode();
        var before = await VersionAsync(account);

        var answer = await SendAsync(As(person, account), method, call);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, await answer.Content.ReadAsStringAsync());
        (await VersionAsync(account)).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Given_an_owner_who_became_technical_When_the_old_token_is_used_Then_it_gives_no_more_than_the_new_part(
        string method, string path, string body)
    {
        var (account, owner, person) = await WithTwoOwnersAsync();
        var call = await FillAsync(account, owner, person, path, body);
        (await As(owner, account).PutAsync($"/api/accounts/{account}/members/{person}", new { role = "technical" }))
            .EnsureSuccessStatusCode();
        var before = await VersionAsync(account);

        var answer = await SendAsync(As(person, account), method, call);

        var stillMay = method == "GET" && path is "" or "/history";
        answer.StatusCode.ShouldBe(stillMay ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        (await VersionAsync(account)).ShouldBe(before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_invitations_of_an_owner_who_is_none_any_more_Then_they_are_over_and_the_others_are_not(bool removed)
    {
        var (account, owner, person) = await WithTwoOwnersAsync();
        await InviteAsync(account, person);
        await InviteAsync(account, person);
        var withdrawn = (await LatestAsync(account)).Invitations.Keys.ToArray();
        await InviteAsync(account, owner);
        var kept = (await LatestAsync(account)).Invitations.Keys.Except(withdrawn).Single();

        var path = $"/api/accounts/{account}/members/{person}";
        var done = removed
            ? await As(owner, account).DeleteAsync(path)
            : await As(owner, account).PutAsync(path, new { role = "billing" });
        done.EnsureSuccessStatusCode();

        (await LatestAsync(account)).Invitations.Keys.ShouldBe([kept]);
        foreach (var invitation in withdrawn) (await AcceptAsync(account, invitation)).ShouldBe(HttpStatusCode.Gone);
        (await AcceptAsync(account, kept)).ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_programs_of_an_owner_who_is_none_any_more_Then_they_are_shut_out_and_the_others_are_not(bool removed)
    {
        var (account, owner, person) = await WithTwoOwnersAsync();
        foreach (var who in (Guid[])[person, owner])
        {
            (await As(who, account).PostWithKeyAsync(
                $"/api/accounts/{account}/clients", new { name = "nightly", scopes = new[] { "orders:read" } }))
                .EnsureSuccessStatusCode();
        }

        var path = $"/api/accounts/{account}/members/{person}";
        var done = removed
            ? await As(owner, account).DeleteAsync(path)
            : await As(owner, account).PutAsync(path, new { role = "billing" });
        done.EnsureSuccessStatusCode();

        (await LatestAsync(account)).ApiClients.Values.Select(one => one.CreatedBy).ShouldBe([owner]);
    }

    [Fact]
    public async Task Given_a_program_that_was_cut_off_before_its_secret_When_its_owner_was_removed_Then_a_repeat_gets_none()
    {
        var (account, owner, person) = await WithTwoOwnersAsync();
        var body = new { name = "nightly", scopes = new[] { "orders:read" } };
        var created = await As(person, account).PostWithKeyAsync($"/api/accounts/{account}/clients", body, "begun");
        await ForgetSecretAsync((string)(await created.JsonAsync())["clientId"]!);
        (await As(owner, account).DeleteAsync($"/api/accounts/{account}/members/{person}")).EnsureSuccessStatusCode();

        var again = await As(person, account).PostWithKeyAsync($"/api/accounts/{account}/clients", body, "begun");

        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private HttpClient As(Guid person, Guid account) =>
        Running.As(Running.Issuer.Token(person.ToString("D"), [$"{account:D}:owner"]));

    private async Task<(Guid Account, Guid Owner, Guid Person)> WithTwoOwnersAsync()
    {
        var email = AccountsService.NewEmail();
        var owner = await Running.LoginAsync(email);
        var account = AccountsService.IdOf(await accounts.OpenAsync(email));
        var person = await Running.LoginAsync(AccountsService.NewEmail());
        await Running.JoinAsync(account, person);
        return (account, owner, person);
    }

    /// <summary>A call that is right in everything but who makes it.</summary>
    private async Task<(string Path, string Body)> FillAsync(Guid account, Guid owner, Guid person, string path, string body)
    {
        var other = await Running.LoginAsync(AccountsService.NewEmail());
        await Running.JoinAsync(account, other, "technical");
        await InviteAsync(account, owner);
        var program = await As(owner, account).PostWithKeyAsync(
            $"/api/accounts/{account}/clients", new { name = "nightly", scopes = new[] { "orders:read" } });
        var mine = await (await As(owner, account).GetAsync($"/api/accounts/{account}")).JsonAsync();
        return (
            $"/api/accounts/{account}{path}"
                .Replace("{invitation}", (await LatestAsync(account)).Invitations.Keys.Single().ToString())
                .Replace("{client}", (string)(await program.JsonAsync())["clientId"]!)
                .Replace("{person}", person.ToString())
                .Replace("{other}", other.ToString()),
            body.Replace("{profile}", AccountsService.Profile((string)mine["email"]!).ToJsonString())
                .Replace("{billing}", AccountsService.Billing().ToJsonString()));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, (string Path, string Body) call)
    {
        var body = call.Body.Length == 0 ? null : JsonNode.Parse(call.Body);
        return method switch
        {
            "POST" => client.PostWithKeyAsync(call.Path, body),
            "PUT" => client.PutAsync(call.Path, body!),
            "DELETE" => client.DeleteAsync(call.Path),
            _ => client.GetAsync(call.Path),
        };
    }

    private async Task InviteAsync(Guid account, Guid owner) =>
        (await As(owner, account).PostWithKeyAsync(
            $"/api/accounts/{account}/members/invitations", new { email = AccountsService.NewEmail(), role = "technical" }))
            .EnsureSuccessStatusCode();

    private async Task<HttpStatusCode> AcceptAsync(Guid account, Guid invitation)
    {
        var guest = await Running.LoginAsync(AccountsService.NewEmail());
        var token = accounts.Get<InvitationToken>().Make(account, invitation);
        return (await Running.As(Running.Issuer.Token(guest.ToString("D"), []))
            .PostWithKeyAsync("/api/accounts/invitations/accept", new { token })).StatusCode;
    }

    private async Task ForgetSecretAsync(string client)
    {
        await using var scope = Running.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<EPerfect.Accounts.ApiClients.ApiClientSecrets>()
            .DestroyAsync(Guid.Parse(client), TestContext.Current.CancellationToken);
    }

    private async Task<Account> LatestAsync(Guid account)
    {
        await using var session = accounts.Get<IDocumentStore>().LightweightSession();
        return (await session.Events.FetchLatest<Account>(account))!;
    }

    /// <summary>Of what members do; that an address was forgotten comes when it is due.</summary>
    private Task<long> VersionAsync(Guid account) => accounts.AskAsync<long>(
        $"select count(*) from store.mt_events where stream_id = '{account}' and type <> 'invitation_forgotten'");
}
