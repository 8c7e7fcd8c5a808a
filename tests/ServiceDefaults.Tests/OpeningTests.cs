using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>Whoever is shown data of somebody else stands on record before it is shown.</summary>
public sealed class OpeningTests(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly Guid account = Guid.CreateVersion7();
    private readonly Guid addressee = Guid.CreateVersion7();
    private readonly Guid letter = Guid.CreateVersion7();
    private TestService service = null!;

    private TestIssuer Issuer => service.Issuer;

    private string Path => $"/api/letters/{letter}";

    public async ValueTask InitializeAsync()
    {
        service = await TestService.StartAsync(Letters.Define(), postgres);
        var vault = service.Services.GetRequiredService<Vault>();
        var text = await vault.SealAsync(account, new LetterText("Dear Ann"), Token);
        var to = await vault.SealAsync(addressee, new LetterAddress("Lane 1"), Token);
        await service.Services.GetRequiredService<Writer>().ChangeAsync<Letter>(
            letter, "test", _ => Decision.Of(new LetterWritten(letter, account, text, to)), Token);
    }

    public async ValueTask DisposeAsync() => await service.DisposeAsync();

    [Theory]
    [InlineData("owner")]
    [InlineData("client")]
    public async Task Given_the_person_or_an_own_program_When_it_reads_Then_nothing_is_recorded(string role)
    {
        (await TextAsync(await ReadAsync(Member(role)))).ShouldBe("Dear Ann");

        (await RecordedAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("technical")]
    [InlineData("billing")]
    public async Task Given_another_member_When_it_reads_Then_that_is_recorded_with_the_role(string role)
    {
        (await TextAsync(await ReadAsync(Member(role)))).ShouldBe("Dear Ann");

        var opened = (await RecordedAsync()).ShouldHaveSingleItem();
        (opened.AccountId, opened.Role, opened.Purpose, opened.Ground).ShouldBe((account, role, "membership", $"role:{role}"));
        opened.Groups.ShouldBe(["communications"]);
    }

    [Fact, Control("S9", "M6")]
    public async Task Given_staff_with_a_ground_When_it_reads_Then_who_what_and_why_are_recorded()
    {
        var login = Guid.CreateVersion7();

        (await TextAsync(await ReadAsync(Staff(login), "support", "ticket:4711"))).ShouldBe("Dear Ann");

        var opened = (await RecordedAsync()).ShouldHaveSingleItem();
        (opened.Actor, opened.Role).ShouldBe(($"user/{login:D}", "staff/support"));
        (opened.Purpose, opened.Ground, opened.Resource).ShouldBe(("support", "ticket:4711", $"ReadLetter/{letter}"));
        opened.OpenedAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Theory, Control("S9")]
    [InlineData(null, null, 403, "ground-required")]
    [InlineData("support", null, 403, "ground-required")]
    [InlineData(null, "ticket:1", 403, "ground-required")]
    [InlineData("curiosity", "ticket:1", 422, "opening-purpose-unknown")]
    [InlineData("Support", "ticket:1", 422, "opening-purpose-unknown")]
    [InlineData("support", "Ann Example asked me", 422, "opening-ground-malformed")]
    [InlineData("support", "ticket:ann-example", 422, "opening-ground-malformed")]
    [InlineData("support", "ticket:4111111111111111", 422, "opening-ground-malformed")]
    [InlineData("support", "ticket:1 ticket:2", 422, "opening-ground-malformed")]
    public async Task Given_staff_without_a_right_ground_Then_nothing_is_opened_and_nothing_recorded(
        string? purpose, string? ground, int status, string code)
    {
        var answer = await ReadAsync(Staff(Guid.CreateVersion7()), purpose, ground);

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
        (await RecordedAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("case:AB-12")]
    [InlineData("request:0190f3a0-0000-7000-8000-000000000abc")]
    public async Task A_ground_is_a_number_or_an_id(string ground) =>
        (await ReadAsync(Staff(Guid.CreateVersion7()), "legal", ground)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Given_staff_that_is_a_member_too_Then_it_reads_as_that()
    {
        var both = Issuer.Token(accounts: [$"{account:D}:billing"], staff: ["support"]);

        (await ReadAsync(both)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await RecordedAsync()).ShouldHaveSingleItem().Role.ShouldBe("billing");
    }

    [Fact]
    public async Task Given_several_values_Then_one_entry_names_the_groups_and_the_own_are_left_out()
    {
        await ReadAsync(Staff(Guid.CreateVersion7()), "support", "ticket:1", "/whole");
        (await RecordedAsync()).ShouldHaveSingleItem().Groups.ShouldBe(["contact", "communications"]);

        await ReadAsync(Member("owner"), path: "/whole");

        var byOwner = (await RecordedAsync()).Single(opened => opened.Role == "owner");
        byOwner.Groups.ShouldBe(["contact"], "the text is the owner's own, the address is not");
    }

    [Fact]
    public async Task Given_the_addressee_is_the_caller_Then_the_address_is_own()
    {
        await ReadAsync(Issuer.Token(addressee.ToString("D"), [$"{account:D}:owner"]), path: "/whole");

        (await RecordedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_the_client_has_the_newest_version_Then_nothing_is_revealed_and_nothing_recorded()
    {
        using var client = service.As(Member("technical"));
        client.DefaultRequestHeaders.Add("If-None-Match", "\"1\"");

        (await client.GetAsync(Path, Token)).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        (await RecordedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_stranger_Then_it_is_not_found_and_no_ground_is_asked_for() =>
        (await ReadAsync(Issuer.Owner(Guid.CreateVersion7()))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Given_it_cannot_be_recorded_Then_nothing_is_opened_and_the_person_is_not_kept_out()
    {
        await ExecuteAsync("""
            create function store.full() returns trigger language plpgsql as
            $$ begin raise exception 'no room' using errcode = '53100'; end $$;
            create trigger full_disk before insert on store.mt_events for each row execute function store.full();
            """);

        var answer = await ReadAsync(Staff(Guid.CreateVersion7()), "support", "ticket:1");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain("Ann");
        (await TextAsync(await ReadAsync(Member("owner")))).ShouldBe("Dear Ann");
        await ExecuteAsync("drop trigger full_disk on store.mt_events");
        (await ReadAsync(Staff(Guid.CreateVersion7()), "support", "ticket:1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RecordedAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_the_keys_cannot_be_had_Then_nothing_is_shown_and_it_goes_on_when_they_are_back()
    {
        await ExecuteAsync($"""
            alter database {service.Database.KeysName} allow_connections false;
            select pg_terminate_backend(pid) from pg_stat_activity where datname = '{service.Database.KeysName}';
            """);
        await Task.Delay(TimeSpan.FromSeconds(1.2), Token);

        var answer = await ReadAsync(Staff(Guid.CreateVersion7()), "support", "ticket:1");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await RecordedAsync()).ShouldBeEmpty("what cannot be put on record, sealed, is not opened");
        await ExecuteAsync($"alter database {service.Database.KeysName} allow_connections true");
        await Until.TrueAsync(
            async () => (await ReadAsync(Member("owner"))).StatusCode == HttpStatusCode.OK, "the keys can be had again");
    }

    [Fact]
    public async Task Many_who_read_at_once_are_each_recorded()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 40)
            .Select(i => ReadAsync(Staff(Guid.CreateVersion7()), "support", $"ticket:{i}")));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await RecordedAsync()).Select(opened => opened.Ground).Distinct().Count().ShouldBe(40);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_say_that_it_opens_data_opens_none() =>
        (await ReadAsync(Member("owner"), path: "/silently")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

    [Fact]
    public async Task The_description_asks_staff_for_purpose_and_ground()
    {
        var document = JsonNode.Parse(await service.Client.GetStringAsync("/openapi/v1.json", Token))!;

        var names = document["paths"]!["/api/letters/{id}"]!["get"]!["parameters"]!.AsArray()
            .Select(parameter => (string)parameter!["name"]!);

        names.ShouldBe(["id", "Opening-Purpose", "Opening-Ground"], ignoreOrder: true);
    }

    [Fact]
    public void What_is_recorded_is_written_as_it_always_was()
    {
        var serializer = service.Services.GetRequiredService<IDocumentStore>().Options.Serializer();
        var opened = new PersonalDataOpened(
            letter, account, Sealed.Parse<OpeningDetails>($"p1.logs.1.{account:N}.{new string('A', 60)}"),
            DateTimeOffset.UnixEpoch);

        var written = serializer.ToJson(opened);

        JsonDocument.Parse(written).RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["openingId", "accountId", "details", "openedAt"]);
        written.ShouldContain("1970-01-01T00:00:00+00:00");
    }

    private string Member(string role) => Issuer.Token(
        role == "client" ? "a-program" : null, [$"{account:D}:{role}"], client: role == "client" ? "a-program" : "test");

    private string Staff(Guid login) => Issuer.Token(login.ToString("D"), staff: ["support"]);

    private async Task<HttpResponseMessage> ReadAsync(
        string token, string? purpose = null, string? ground = null, string path = "")
    {
        using var client = service.As(token);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + path);
        if (purpose is not null) request.Headers.Add(OpeningGround.PurposeHeader, purpose);
        if (ground is not null) request.Headers.Add(OpeningGround.GroundHeader, ground);
        return await client.SendAsync(request, Token);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) => (string)(await answer.JsonAsync())["text"]!;

    [Fact, Control("S9")]
    public async Task Nothing_of_who_and_why_rests_in_clear_and_it_goes_with_the_person()
    {
        var login = Guid.CreateVersion7();
        await ReadAsync(Staff(login), "support", "ticket:998877665");

        var details = (await RecordedAsync()).ShouldHaveSingleItem().Details!;
        (details.Subject, details.Group).ShouldBe((account, DataGroup.Logs));
        (await DatabaseText.TablesWithAsync(service.Database.Admin, "p1.logs.", Token)).ShouldContain("store.mt_events");
        foreach (var word in (string[])["998877665", login.ToString("D")])
            (await DatabaseText.TablesWithAsync(service.Database.Admin, word, Token)).ShouldBeEmpty();
        string.Join('\n', service.Log.Lines).ShouldNotContain("998877665");

        var vault = service.Services.GetRequiredService<Vault>();
        await vault.ShredAsync(account, DataGroup.Logs, Guid.CreateVersion7(), Token);
        (await vault.OpenAsync(details, Token)).ShouldBeOfType<Opened<OpeningDetails>.Erased>();
        (await ReadAsync(Staff(login), "support", "ticket:2")).StatusCode.ShouldBe(HttpStatusCode.OK, "its text is not a log");
        (await RecordedAsync()).Count(one => one.Details is null).ShouldBe(1);
    }

    private Task<IReadOnlyList<OpeningOnRecord>> RecordedAsync() => service.Services.OpeningsAsync(Token);

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(service.Database.Admin);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
