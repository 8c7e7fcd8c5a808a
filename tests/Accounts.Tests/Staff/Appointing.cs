using System.Net;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Tests.Slices;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Staff;

/// <summary>One class, one service, one order: there is one roster.</summary>
public sealed class Appointing(AccountsService accounts) : IClassFixture<AccountsService>
{
    private const string Path = "/api/accounts/staff";
    private TestService Running => accounts.Running;

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
        var (one, two) = (await NewLoginAsync(), await NewLoginAsync());
        await Operator().PostWithKeyAsync(Path, new { loginId = one, roles = new[] { "operator" } });
        await Operator().PostWithKeyAsync(Path, new { loginId = two, roles = new[] { "operator" } });

        var answers = await Task.WhenAll(
            Operator().DeleteAsync($"{Path}/{one}"), Operator().PutAsync($"{Path}/{two}", new { roles = new[] { "support" } }));

        answers.Select(answer => (int)answer.StatusCode).Order().ShouldBe([204, 409]);
        var refused = answers.Single(answer => answer.StatusCode == HttpStatusCode.Conflict);
        (await refused.ProblemCodeAsync()).ShouldBe("last-operator");
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

    private HttpClient Operator() =>
        Running.As(Running.Issuer.Token(Guid.NewGuid().ToString("D"), [], staff: ["operator"]));

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
        return made.Login.Id;
    }
}
