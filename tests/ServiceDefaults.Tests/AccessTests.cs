using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>Nobody gets in where they do not belong.</summary>
public sealed class AccessTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly Guid account = Guid.CreateVersion7();
    private TestService service = null!;

    private TestIssuer Issuer => service.Issuer;

    private string Owner => Issuer.Owner(account);

    public async ValueTask InitializeAsync() => service = await TestService.StartAsync(Notes.Define(), postgres);

    public async ValueTask DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task Without_a_token_nothing_but_the_public_answers()
    {
        using var nobody = service.As(token: null);

        var answer = await nobody.GetAsync("/api/notes/me");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await answer.ProblemCodeAsync()).ShouldBe("unauthenticated");
        (await nobody.GetAsync("/api/notes/public")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_is_nobody_hears_that_first_and_not_what_else_is_wrong_with_the_request()
    {
        using var nobody = service.As(token: null);

        var answer = await nobody.PostAsJsonAsync("/api/notes", new { nonsense = 1 });

        (await answer.ProblemCodeAsync()).ShouldBe("unauthenticated");
    }

    [Fact, Control("S9")]
    public async Task A_foreign_thing_is_answered_exactly_like_one_that_does_not_exist()
    {
        var note = await WriteAsync();
        using var stranger = service.As(Issuer.Owner(Guid.CreateVersion7()));

        var foreign = await stranger.GetAsync($"/api/notes/{note}");
        var unknown = await stranger.GetAsync($"/api/notes/{Guid.CreateVersion7()}");
        var foreignWrite = await stranger.PutAsync($"/api/notes/{note}/signature", content: null);
        var unknownWrite = await stranger.PutAsync($"/api/notes/{Guid.CreateVersion7()}/signature", content: null);
        var foreignAccount = await stranger.GetAsync($"/api/notes/of/{account}");
        var unknownAccount = await stranger.GetAsync($"/api/notes/of/{Guid.CreateVersion7()}");

        await ShouldBeAlikeAsync(foreign, unknown);
        await ShouldBeAlikeAsync(foreignWrite, unknownWrite);
        await ShouldBeAlikeAsync(foreignAccount, unknownAccount);
    }

    [Fact]
    public async Task Nothing_is_created_for_a_foreign_account()
    {
        using var stranger = service.As(Issuer.Owner(Guid.CreateVersion7()));

        var answer = await stranger.PostWithKeyAsync("/api/notes", new { accountId = account, length = 1 });

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("technical", 200, 403)]
    [InlineData("owner", 200, 204)]
    [InlineData("billing", 403, 403)]
    [InlineData("client", 403, 403)]
    [InlineData("emperor", 404, 404)]
    public async Task A_member_may_do_what_the_role_says(string role, int read, int write)
    {
        var note = await WriteAsync();
        using var member = service.As(Issuer.Token(accounts: [$"{account}:{role}"]));

        ((int)(await member.GetAsync($"/api/notes/{note}")).StatusCode).ShouldBe(read);
        ((int)(await member.PutAsync($"/api/notes/{note}/signature", content: null)).StatusCode).ShouldBe(write);
    }

    [Theory]
    [InlineData("support", 200, 403)]
    [InlineData("operator", 404, 200)]
    [InlineData("legal", 404, 200)]
    [InlineData("billing", 404, 403)]
    [InlineData("janitor", 404, 403)]
    public async Task Staff_may_do_what_the_role_says(string role, int read, int staff)
    {
        var note = await WriteAsync();
        using var member = service.As(Issuer.Token(staff: [role]));

        ((int)(await member.GetAsync($"/api/notes/{note}")).StatusCode).ShouldBe(read);
        ((int)(await member.GetAsync("/api/notes/staff")).StatusCode).ShouldBe(staff);
    }

    [Fact]
    public async Task A_token_does_what_its_scopes_say_whoever_holds_it()
    {
        var note = await WriteAsync();
        using var reading = service.As(Issuer.Token(accounts: [$"{account}:owner"], scopes: ["orders:read"]));

        (await reading.GetAsync($"/api/notes/{note}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await reading.PutAsync($"/api/notes/{note}/signature", content: null);

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        refused.Headers.WwwAuthenticate.ToString().ShouldContain("insufficient_scope");
        (await refused.ProblemCodeAsync()).ShouldBe("scope-missing");
    }

    /// <summary>OWASP ASVS 16.3.2: who tries doors is seen, though the answer does not say which of them exist.</summary>
    [Theory]
    [InlineData("billing", "orders:read", "role-insufficient")]
    [InlineData("owner", "", "scope-missing")]
    [InlineData("nothing", "orders:read", "note refused to user/")]
    public async Task Who_is_refused_stands_in_the_log_without_what_was_shown(string role, string scope, string logged)
    {
        var note = await WriteAsync();
        var mine = role == "nothing" ? Guid.CreateVersion7() : account;
        var token = Issuer.Token(accounts: [$"{mine}:{role.Replace("nothing", "owner")}"], scopes: [scope]);
        using var refused = service.As(token);

        (await refused.GetAsync($"/api/notes/{note}")).IsSuccessStatusCode.ShouldBeFalse();

        service.Log.Lines.ShouldContain(line => line.Contains(logged, StringComparison.Ordinal));
        service.Log.Lines.ShouldNotContain(line => line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signal_is_taken_with_any_token_of_the_platform_for_the_own_account_alone()
    {
        using var elsewhere = service.As(Issuer.Token(accounts: [$"{account}:owner"], audiences: ["domains"]));

        var own = await elsewhere.PutAsync($"/api/notes/signals/{account}", content: null);
        var foreign = await elsewhere.PutAsync($"/api/notes/signals/{Guid.CreateVersion7()}", content: null);

        own.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_caller_does_not_get_the_answer_to_the_same_key()
    {
        using var first = service.As(Owner);
        using var second = service.As(Issuer.Owner(account));
        var body = new { accountId = account, length = 7 };

        var one = await first.PostWithKeyAsync("/api/notes", body, "one-key");
        var other = await second.PostWithKeyAsync("/api/notes", body, "one-key");

        other.StatusCode.ShouldBe(HttpStatusCode.Created);
        other.Headers.Location.ShouldNotBe(one.Headers.Location);
    }

    [Fact]
    public async Task Whoever_changed_something_is_named_by_an_opaque_id()
    {
        var note = await WriteAsync();
        var login = Guid.CreateVersion7();
        using var owner = service.As(Issuer.Token(login.ToString("D"), [$"{account}:owner"]));
        (await owner.PutAsync($"/api/notes/{note}/signature", content: null)).EnsureSuccessStatusCode();

        await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var last = (await session.Events.FetchStreamAsync(note))[^1];

        last.UserName.ShouldBe($"user/{login:D}");
        last.Data.ShouldBe(new NoteSigned($"user/{login:D}"));
    }

    [Fact]
    public async Task A_program_is_named_by_its_client_id()
    {
        var client = Guid.CreateVersion7().ToString("D");
        using var program = service.As(Issuer.Token(client, client: client));

        (await program.GetStringAsync("/api/notes/me")).ShouldBe($"client/{client}");
    }

    [Fact, Control("S9")]
    public async Task An_endpoint_that_does_not_say_who_may_use_it_does_not_start()
    {
        var start = () => TestService.StartAsync(Notes.Careless(), postgres);

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("/api/secret");
    }

    [Fact]
    public async Task An_endpoint_for_members_that_cannot_tell_whose_account_it_is_about_does_not_start()
    {
        var start = () => TestService.StartAsync(Notes.Forgetful(), postgres);

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("/api/everybodys");
    }

    private async Task<Guid> WriteAsync()
    {
        using var owner = service.As(Owner);
        var answer = await owner.PostWithKeyAsync("/api/notes", new { accountId = account, length = 1 });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    private static async Task ShouldBeAlikeAsync(HttpResponseMessage one, HttpResponseMessage other)
    {
        one.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await BodyAsync(one)).ShouldBe(await BodyAsync(other));
        Names(one.Headers).ShouldBe(Names(other.Headers));

        static string[] Names(HttpHeaders headers) => [.. headers.Select(header => header.Key).Order(StringComparer.Ordinal)];

        static async Task<string> BodyAsync(HttpResponseMessage answer)
        {
            var body = await answer.JsonAsync();
            body.Remove("traceId").ShouldBeTrue();
            return body.ToJsonString();
        }
    }
}
