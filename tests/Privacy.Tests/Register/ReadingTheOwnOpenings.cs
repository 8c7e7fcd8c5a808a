using System.Net;
using System.Text.Json.Nodes;
using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using static EPerfect.Privacy.Tests.Register.RegisterService;

namespace EPerfect.Privacy.Tests.Register;

/// <summary>A person reads who else saw the data; nobody else reads of it.</summary>
public sealed class ReadingTheOwnOpenings(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private TestService privacy = null!;

    public async ValueTask InitializeAsync() =>
        privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);

    public ValueTask DisposeAsync() => privacy.DisposeAsync();

    [Fact]
    public async Task Given_staff_looked_When_the_person_asks_Then_who_what_why_and_when_are_there()
    {
        var opened = Opened(Guid.CreateVersion7());
        await privacy.TellAsync(opened);
        await privacy.UntilEnteredAsync(1);

        var entry = (await OwnAsync(opened.AccountId)).ShouldHaveSingleItem()!;

        entry["openingId"]!.GetValue<Guid>().ShouldBe(opened.OpeningId);
        entry["openedAt"]!.GetValue<DateTimeOffset>().ShouldBe(opened.OpenedAt, TimeSpan.FromMilliseconds(1));
        entry["groups"]!.AsArray().Select(group => (string)group!).ShouldBe(["identity", "contact"]);
        var told = new[] { "service", "actor", "role", "purpose", "ground", "resource" }.Select(name => (string)entry[name]!);
        told.ShouldBe(["accounts", opened.Actor, "staff/support", "support", "ticket:4711", opened.Resource]);
    }

    [Fact]
    public async Task Given_an_opening_is_told_often_and_at_once_Then_it_stands_in_the_register_once()
    {
        var opened = Opened(Guid.CreateVersion7());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => privacy.TellAsync(opened)));
        await privacy.TellAsync(1);
        await privacy.UntilEnteredAsync(2);

        (await OwnAsync(opened.AccountId)).Count.ShouldBe(1);
        (await privacy.TreeAsync()).Size.ShouldBe(2);
    }

    [Fact]
    public async Task Given_the_person_was_erased_before_the_message_came_Then_it_is_recorded_without_details()
    {
        var opened = Opened(Guid.CreateVersion7());
        await ShredAsync(opened.AccountId);

        await privacy.TellAsync(opened);
        await privacy.UntilEnteredAsync(1);

        var entry = (await OwnAsync(opened.AccountId)).ShouldHaveSingleItem()!;
        (entry["erased"]!.GetValue<bool>(), entry["actor"], entry["ground"]).ShouldBe((true, null, null));
    }

    [Fact]
    public async Task Given_the_person_is_erased_later_Then_the_entry_stays_and_says_nothing()
    {
        var opened = Opened(Guid.CreateVersion7());
        await privacy.TellAsync(opened);
        await privacy.UntilEnteredAsync(1);
        var root = (await privacy.TreeAsync()).Root;

        await ShredAsync(opened.AccountId);

        var entry = (await OwnAsync(opened.AccountId)).ShouldHaveSingleItem()!;
        (entry["erased"]!.GetValue<bool>(), entry["actor"]).ShouldBe((true, null));
        (await privacy.TreeAsync()).Root.ShouldBe(root);
    }

    [Fact]
    public async Task The_list_is_paged_newest_first_and_stays_whole_while_it_grows()
    {
        var account = Guid.CreateVersion7();
        var start = DateTimeOffset.UtcNow;
        var all = Enumerable.Range(0, 5)
            .Select(i => Opened(account) with { OpenedAt = start.AddSeconds(i) }).ToList();
        foreach (var opened in all) await privacy.TellAsync(opened);
        await privacy.UntilEnteredAsync(5);
        privacy.Own(account);

        var seen = new List<Guid>();
        string? next = "";
        while (next is not null)
        {
            var from = next.Length > 0 ? $"&cursor={next}" : "";
            var answer = await privacy.Client.GetAsync($"/api/privacy/people/{account}/openings?limit=2{from}", Token);
            var page = await answer.JsonAsync();
            seen.AddRange(page["items"]!.AsArray().Select(entry => entry!["openingId"]!.GetValue<Guid>()));
            next = (string?)page["next"];
            if (seen.Count == 2) await privacy.TellAsync(1);
        }

        seen.ShouldBe(all.Select(opened => opened.OpeningId).Reverse());
    }

    [Fact]
    public async Task What_is_on_record_about_one_is_nobody_elses()
    {
        var opened = Opened(Guid.CreateVersion7());
        await privacy.TellAsync(opened);
        await privacy.UntilEnteredAsync(1);
        await privacy.SignAsync();
        using var stranger = privacy.As(privacy.Issuer.Owner(Guid.CreateVersion7()));
        var own = Guid.CreateVersion7();
        using var owner = privacy.As(privacy.Issuer.Owner(own));

        foreach (var path in (string[])["openings", $"openings/{opened.OpeningId}/proof"])
        {
            (await stranger.GetAsync($"/api/privacy/people/{opened.AccountId}/{path}", Token)).StatusCode
                .ShouldBe(HttpStatusCode.NotFound, path);
        }

        // Another's opening under the own account's address.
        (await owner.GetAsync($"/api/privacy/people/{own}/openings/{opened.OpeningId}/proof", Token)).StatusCode
            .ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nothing_of_who_and_why_rests_in_clear()
    {
        var opened = Opened(Guid.CreateVersion7(), ground: "ticket:998877665");
        await privacy.TellAsync(opened);
        await privacy.UntilEnteredAsync(1);
        await privacy.SignAsync();

        (await DatabaseText.TablesWithAsync(privacy.Database.Admin, "p1.logs.", Token)).ShouldContain("store.register_leaves");
        foreach (var word in (string[])["998877665", opened.Actor["user/".Length..]])
            (await DatabaseText.TablesWithAsync(privacy.Database.Admin, word, Token)).ShouldBeEmpty();
        string.Join('\n', privacy.Log.Lines).ShouldNotContain("998877665");
    }

    private async Task<JsonArray> OwnAsync(Guid account)
    {
        using var person = privacy.As(privacy.Issuer.Owner(account));
        var answer = await person.GetAsync($"/api/privacy/people/{account}/openings", Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        return (await answer.JsonAsync())["items"]!.AsArray();
    }

    private Task<Shredding> ShredAsync(Guid account) => privacy.Services.GetRequiredService<Vault>()
        .ShredAsync(account, DataGroup.Logs, Guid.CreateVersion7(), Token);
}
