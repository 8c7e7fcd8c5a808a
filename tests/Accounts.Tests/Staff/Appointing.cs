using System.Net;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Tests.Slices;
using EPerfect.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Staff;

/// <summary>One class, one service, one order: there is one roster.</summary>
public sealed class Appointing(AccountsService accounts, PostgresServer postgres) : IClassFixture<AccountsService>, IAsyncLifetime
{
    private const string Path = "/api/accounts/staff";
    private Guid first;

    private TestService Running => accounts.Running;

    public async ValueTask InitializeAsync() => first = await Running.FirstOperatorAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_operator_appoints_changes_and_dismisses()
    {
        var person = await NewLoginAsync();
        (await Operator().PostWithKeyAsync(Path, new { loginId = person, roles = new[] { "support" } }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RolesOfAsync(person)).ShouldBe(["support"]);
        (await Operator().PutAsync($"{Path}/{person}", new { roles = new[] { "legal", "billing" } }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RolesOfAsync(person)).ShouldBe(["legal", "billing"]);
        (await Operator().DeleteAsync($"{Path}/{person}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RolesOfAsync(person)).ShouldBeNull();
        (await Operator().DeleteAsync($"{Path}/{person}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task There_is_always_an_operator_even_when_two_dismiss_each_other_at_once()
    {
        var (one, two) = (await NewOperatorAsync(), await NewOperatorAsync());

        var answers = await Task.WhenAll(
            Operator(two).DeleteAsync($"{Path}/{one}"),
            Operator(one).PutAsync($"{Path}/{two}", new { roles = new[] { "support" } }));

        answers.Select(answer => (int)answer.StatusCode).Order().ShouldBe([204, 403]);
    }

    [Fact]
    public async Task The_last_operator_stays()
    {
        await using var alone = await TestService.StartAsync(AccountsModule.Define(), postgres);
        var only = await alone.FirstOperatorAsync();
        using var client = alone.As(alone.Issuer.Token(only.ToString("D"), [], staff: ["operator"]));

        var answer = await client.DeleteAsync($"{Path}/{only}");

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ProblemCodeAsync()).ShouldBe("last-operator");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Given_a_dismissed_operator_When_the_old_token_is_used_Then_nobody_is_appointed_changed_or_dismissed(
        string method)
    {
        var (dismissed, other) = (await NewOperatorAsync(), await NewOperatorAsync());
        (await Operator().DeleteAsync($"{Path}/{dismissed}")).EnsureSuccessStatusCode();
        var client = Operator(dismissed);

        var answer = method switch
        {
            "POST" => await client.PostWithKeyAsync(Path, new { loginId = dismissed, roles = new[] { "operator" } }),
            "PUT" => await client.PutAsync($"{Path}/{other}", new { roles = new[] { "support" } }),
            _ => await client.DeleteAsync($"{Path}/{other}"),
        };

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await RolesOfAsync(dismissed)).ShouldBeNull();
        (await RolesOfAsync(other)).ShouldBe(["operator"]);
    }

    [Theory]
    [InlineData("operator", Path, HttpStatusCode.Forbidden)]
    [InlineData("operator", "/operations/effects", HttpStatusCode.Forbidden)]
    [InlineData("support", "/api/accounts/{account}", HttpStatusCode.NotFound)]
    [InlineData("support", "/api/accounts/{account}/members", HttpStatusCode.NotFound)]
    public async Task Given_somebody_dismissed_When_the_old_token_is_used_Then_nothing_is_read_with_it(
        string role, string what, HttpStatusCode refusal)
    {
        var person = await NewLoginAsync();
        await Running.AppointAsync(person, role);
        var account = AccountsService.IdOf(await accounts.OpenAsync());
        using var client = Running.As(Running.Issuer.Token(person.ToString("D"), staff: [role]));
        client.DefaultRequestHeaders.Add("Opening-Purpose", "support");
        client.DefaultRequestHeaders.Add("Opening-Ground", "ticket:12");
        var path = what.Replace("{account}", $"{account}");
        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Operator().DeleteAsync($"{Path}/{person}")).EnsureSuccessStatusCode();

        (await client.GetAsync(path)).StatusCode.ShouldBe(refusal);
    }

    [Fact]
    public async Task Given_somebody_whose_role_is_another_When_the_old_token_is_used_Then_it_gives_no_more_than_both()
    {
        var person = await NewLoginAsync();
        await Running.AppointAsync(person, "operator", "legal");
        using var client = Running.As(Running.Issuer.Token(person.ToString("D"), staff: ["operator", "support"]));
        (await client.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await Running.AppointAsync(person, "legal");

        (await client.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>Else whoever knows the password adds a factor of their own, and is staff; or nobody can be.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_somebody_who_is_not_staff_When_the_roles_are_changed_Then_nobody_is_appointed(bool canSignIn)
    {
        var person = canSignIn ? await Running.LoginAsync(AccountsService.NewEmail()) : Guid.CreateVersion7();

        var answer = await Operator().PutAsync($"{Path}/{person}", new { roles = new[] { "support" } });

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await RolesOfAsync(person)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_gives_a_role_to_themselves_but_may_lay_one_down()
    {
        var one = await NewOperatorAsync();
        await Operator().PutAsync($"{Path}/{one}", new { roles = new[] { "operator", "support" } });

        var more = await Operator(one).PutAsync($"{Path}/{one}", new { roles = new[] { "operator", "legal" } });
        more.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await more.ProblemCodeAsync()).ShouldBe("staff-own-role");
        (await Operator(one).PutAsync($"{Path}/{one}", new { roles = new[] { "operator" } }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RolesOfAsync(one)).ShouldBe(["operator"]);
    }

    [Fact]
    public async Task A_program_is_no_operator()
    {
        var token = Running.Issuer.Token("nightly", [], staff: ["operator"], client: "nightly");

        (await Running.As(token).PostWithKeyAsync(Path, new { loginId = await NewLoginAsync(), roles = new[] { "support" } }))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("boss", "staff-role-unknown")]
    [InlineData(null, "staff-roles-missing")]
    public async Task Staff_has_roles_that_are_known(string? role, string code)
    {
        string[] roles = role is null ? [] : [role];
        var answer = await Operator().PostWithKeyAsync(Path, new { loginId = await NewLoginAsync(), roles });

        ((int)answer.StatusCode).ShouldBe(422);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Only_who_can_sign_in_is_appointed() =>
        (await (await Operator().PostWithKeyAsync(Path, new { loginId = Guid.NewGuid(), roles = new[] { "support" } }))
            .ProblemCodeAsync()).ShouldBe("login-unknown");

    [Theory]
    [InlineData("support")]
    [InlineData("legal")]
    [InlineData(null)]
    public async Task Nobody_else_appoints(string? role)
    {
        var client = Running.As(Running.Issuer.Token(
            Guid.NewGuid().ToString("D"), ["0190f3a0-0000-7000-8000-000000000abc:owner"], staff: role is null ? [] : [role]));
        var answer = await client.PostWithKeyAsync(Path, new { loginId = await NewLoginAsync(), roles = new[] { "operator" } });

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>An operator whom no test dismisses, unless it is somebody else.</summary>
    private HttpClient Operator(Guid? who = null) =>
        Running.As(Running.Issuer.Token((who ?? first).ToString("D"), [], staff: ["operator"]));

    private async Task<Guid> NewOperatorAsync()
    {
        var login = await NewLoginAsync();
        (await Operator().PostWithKeyAsync(Path, new { loginId = login, roles = new[] { "operator" } }))
            .EnsureSuccessStatusCode();
        return login;
    }

    private async Task<string[]?> RolesOfAsync(Guid person)
    {
        var answer = await Operator().GetAsync(Path);
        var all = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
        return all.SingleOrDefault(one => (Guid)one!["loginId"]! == person)?["roles"]!.AsArray()
            .Select(role => (string)role!).ToArray();
    }

    private async Task<Guid> NewLoginAsync()
    {
        await using var scope = Running.Services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<Logins>()
            .CreateAsync(AccountsService.NewEmail(), "a long pass phrase of canaries", verified: true, default);
        await scope.ServiceProvider.GetRequiredService<UserManager<Login>>().SetTwoFactorEnabledAsync(made.Login, enabled: true);
        return made.Login.Id;
    }
}
