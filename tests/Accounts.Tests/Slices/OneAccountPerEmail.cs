using System.Net;
using CsCheck;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Slices;

public sealed class OneAccountPerEmail(AccountsService accounts, PostgresServer postgres)
    : IClassFixture<AccountsService>
{
    [Fact]
    public async Task Of_many_who_open_with_one_address_at_once_on_two_instances_one_wins()
    {
        await using var second = await TestService.StartAsync(
            AccountsModule.Define(), postgres, database: accounts.Running.Database);
        var email = AccountsService.NewEmail();

        var login = await accounts.Running.LoginAsync(email);
        HttpClient[] clients = [accounts.Running.As(login), second.As(login)];
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            clients[i % 2].PostWithKeyAsync("/api/accounts", AccountsService.Body(email))));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        foreach (var loser in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            loser.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await loser.ProblemCodeAsync()).ShouldBe("email-in-use");
        }
    }

    [Fact]
    public async Task Another_spelling_is_the_same_address()
    {
        var email = AccountsService.NewEmail();
        await accounts.OpenAsync(email);
        var other = AccountsService.Body(email.ToUpperInvariant());
        await Refused(accounts.Running.OpenAsync(other));
    }

    [Fact]
    public async Task The_claim_moves_with_the_address()
    {
        var (old, @new) = (AccountsService.NewEmail(), AccountsService.NewEmail());
        var path = await accounts.OpenAsync(old);

        (await accounts.Running.ChangeProfileAsync(path, AccountsService.Profile(@new))).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);

        await Refused(accounts.Running.OpenAsync(AccountsService.Body(@new)));
        await accounts.OpenAsync(old);
        await Refused(accounts.Running.ChangeProfileAsync(path, AccountsService.Profile(old)));
    }

    [Fact]
    public async Task Keeping_the_address_keeps_the_claim()
    {
        var email = AccountsService.NewEmail();
        var path = await accounts.OpenAsync(email);
        (await accounts.Running.ChangeProfileAsync(path, AccountsService.Profile(email))).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);
        await Refused(accounts.Running.OpenAsync(AccountsService.Body(email)));
    }

    [Fact]
    public async Task Who_left_may_come_back()
    {
        var email = AccountsService.NewEmail();
        var path = await accounts.OpenAsync(email);
        await accounts.Client.PostWithKeyAsync($"{path}/close", null);
        (await accounts.OpenAsync(email)).ShouldNotBe(path);
    }

    [Fact]
    public async Task A_refused_open_leaves_its_address_free()
    {
        var body = AccountsService.Body();
        body["acceptedPolicySet"] = 0;
        (await accounts.Running.OpenAsync(body)).StatusCode
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        await accounts.OpenAsync(body["email"]!.GetValue<string>());
    }

    [Fact]
    public async Task Whatever_many_people_do_at_once_no_address_has_two_open_accounts()
    {
        var emails = Enumerable.Range(0, 3).Select(_ => AccountsService.NewEmail()).ToArray();
        foreach (var email in emails) await accounts.Running.LoginAsync(email);
        var steps = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2]).Array[60].Single();
        var mine = new Dictionary<string, string>(StringComparer.Ordinal);

        foreach (var round in steps.Chunk(6))
        {
            await Task.WhenAll(round.Select(async step =>
            {
                var (what, email) = (step.Item1, emails[step.Item2]);
                var path = Any(mine);
                if (what == 0 || path is null)
                    Keep(mine, await accounts.Running.OpenAsync(AccountsService.Body(email)));
                else if (what == 1)
                    await accounts.Running.ChangeProfileAsync(path, AccountsService.Profile(email));
                else
                    await accounts.Client.PostWithKeyAsync($"{path}/close", null);
            }));

            var held = new List<string>();
            foreach (var path in mine.Keys)
            {
                var account = await (await accounts.Client.GetAsync(path)).JsonAsync();
                if (account["status"]!.GetValue<string>() == "open") held.Add(account["email"]!.GetValue<string>());
            }

            held.ShouldBeUnique();
            var ids = string.Join(',', mine.Keys.Select(path => $"'{AccountsService.IdOf(path)}'"));
            var claims = ids.Length == 0 ? 0 : await accounts.AskAsync<long>(
                $"select count(*) from store.mt_doc_emailclaim where (data->>'accountId')::uuid in ({ids})");
            claims.ShouldBe(held.Count);
        }
    }

    private static string? Any(Dictionary<string, string> mine)
    {
        lock (mine) return mine.Count == 0 ? null : mine.Keys.ElementAt(Random.Shared.Next(mine.Count));
    }

    private static void Keep(Dictionary<string, string> mine, HttpResponseMessage answer)
    {
        if (answer.Headers.Location is not { } location) return;
        lock (mine) mine[location.OriginalString] = "";
    }

    private static async Task Refused(Task<HttpResponseMessage> asked)
    {
        var answer = await asked;
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ProblemCodeAsync()).ShouldBe("email-in-use");
    }
}
