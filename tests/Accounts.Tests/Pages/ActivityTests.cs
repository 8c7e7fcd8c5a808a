using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EPerfect.Accounts.Credentials;
using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>A person sees what happened to the own sign-in, and from where.</summary>
public sealed class ActivityTests(PagesService service) : IClassFixture<PagesService>
{
    [Fact]
    public async Task Sign_ins_failures_and_changes_are_listed_with_where_they_came_from()
    {
        using var browser = service.Browser("203.0.113.7");
        var email = await service.SignUpAsync(browser);
        using var stranger = service.Browser("198.51.100.23");
        await PagesService.SignInAsync(stranger, email, PagesService.OtherPassword);
        await PagesService.SignInAsync(stranger, email, PagesService.OtherPassword);

        var page = await browser.GoAsync("/identity/security");

        page.Document.QuerySelectorAll("tbody tr")
            .Select(row => string.Join(" | ", row.QuerySelectorAll("td").Skip(1).Select(cell => cell.TextContent.Trim())))
            .ShouldBe(["Wrong password (2 times) | 198.51.100.23", "Signed in | 203.0.113.7", "Signed up | 203.0.113.7"]);
    }

    [Fact]
    public async Task Failures_are_counted_together_only_if_they_came_from_the_same_address_up_to_twenty_addresses()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        var person = await service.IdOfAsync(email);
        foreach (var last in (int[])[.. Enumerable.Range(1, 22), 1, 22])
        {
            var http = new DefaultHttpContext();
            http.Request.Headers["X-Forwarded-For"] = $"198.51.100.{last}";
            await service.WithAsync<Activity, bool>(async activity =>
            {
                await activity.RecordAsync(http, person, ActivityKinds.SignInFailed, default);
                return true;
            });
        }

        var failures = (await service.WithAsync<Activity, IReadOnlyList<Happening>>(
                activity => activity.ListAsync(person, 100, after: null, default)))
            .Where(one => one.Kind == ActivityKinds.SignInFailed).ToArray();

        failures.Length.ShouldBe(21);
        failures.Single(one => one.Address == "198.51.100.1").Times.ShouldBe(2);
        failures.Single(one => one.Address is null).Times.ShouldBe(3);
    }

    [Fact]
    public async Task The_api_tells_the_same_page_by_page_to_the_person_alone()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        await PagesService.SignInAsync(browser, email);
        using var client = As(await service.IdOfAsync(email));

        var first = (await client.GetFromJsonAsync<JsonObject>("/api/accounts/me/activity?limit=2"))!;
        var second = (await client.GetFromJsonAsync<JsonObject>(
            $"/api/accounts/me/activity?limit=2&cursor={first["next"]}"))!;

        Names(first).ShouldBe(["signed-in", "signed-in"]);
        Names(second).ShouldBe(["signed-up"]);
        second["next"].ShouldBeNull();
        first["items"]![0]!["address"]!.GetValue<string>().ShouldBe("203.0.113.7");
        using var other = As(Guid.CreateVersion7());
        Names((await other.GetFromJsonAsync<JsonObject>("/api/accounts/me/activity"))!).ShouldBeEmpty();
        using var nobody = service.Running.As(null);
        (await nobody.GetAsync("/api/accounts/me/activity")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact, Control("S6", "M11")]
    public async Task What_is_older_than_ninety_days_is_forgotten_and_the_count_stays()
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        service.Clock.Move(TimeSpan.FromDays(91));
        var old = await service.CountAsync("select count(*) from identity.activity");
        var told = await RemovedAsync("activity");

        await service.SweepAsync();
        await service.SweepAsync();

        (await service.CountAsync("select count(*) from identity.activity")).ShouldBe(0);
        (await RemovedAsync("activity")).ShouldBe(told + old);
        // Nor does who was away for long hear nothing of a sign-in from a browser that nobody knows.
        using var stranger = service.Browser("198.51.100.23");
        await PagesService.SignInAsync(stranger, email);
        await service.Mails.MailToAsync(email, "A sign-in from a new device");
        await service.CountAsync("with gone as (delete from identity.activity returning 1) select count(*) from gone");
        await PagesService.SignInAsync(browser, email);
        (await browser.GoAsync("/identity/security")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("held")]
    [InlineData("restricted")]
    public async Task Of_who_is_held_or_restricted_it_stays_until_that_is_over(string why)
    {
        using var browser = service.Browser();
        var login = await service.IdOfAsync(await service.SignUpAsync(browser));
        var vault = service.Running.Services.GetRequiredService<Vault>();
        var hold = new LegalHold(Guid.CreateVersion7(), login, DataGroup.Logs, "case:2026-117", until: null);
        if (why == "held") await vault.HoldAsync(hold, default);
        else await vault.RestrictAsync(login, DataGroup.Logs, order: 1, default);
        service.Clock.Move(TimeSpan.FromDays(91));
        var count = $"select count(*) from identity.activity where \"LoginId\" = '{login}'";
        var before = await service.CountAsync(count);

        await service.SweepAsync();
        (await service.CountAsync(count)).ShouldBe(before);
        before.ShouldBeGreaterThan(0);

        if (why == "held") await vault.ReleaseAsync(hold.Id, default);
        else await vault.LiftRestrictionAsync(login, DataGroup.Logs, order: 2, default);
        await service.SweepAsync();
        (await service.CountAsync(count)).ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_nobody_proved_is_forgotten_with_its_keys()
    {
        using var browser = service.Browser();
        var email = PagesService.NewEmail();
        await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));
        await service.LinkAsync(email, "Finish");
        service.Clock.Move(TimeSpan.FromHours(25));

        await service.SweepAsync();

        (await service.CountAsync("select count(*) from identity.pending_addresses")).ShouldBe(0);
        await service.SignUpAsync(browser, email);
    }

    [Fact, Control("M11")]
    public async Task A_login_that_opens_nothing_is_forgotten_after_a_year_and_one_that_was_seen_is_not()
    {
        using var browser = service.Browser();
        using var other = service.Browser();
        var idle = await service.IdOfAsync(await service.SignUpAsync(browser));
        var email = await service.SignUpAsync(other);
        service.Clock.Move(TimeSpan.FromDays(364));
        await service.SweepAsync();
        (await LoginsAsync(idle)).ShouldBe(1);

        await PagesService.SignInAsync(other, email);
        service.Clock.Move(TimeSpan.FromDays(3));
        var told = await RemovedAsync("unused-login");
        await service.SweepAsync();

        (await LoginsAsync(idle)).ShouldBe(0);
        (await LoginsAsync(await service.IdOfAsync(email))).ShouldBe(1, "it was seen three days ago");
        (await RemovedAsync("unused-login")).ShouldBeGreaterThan(told);
        var vault = service.Running.Services.GetRequiredService<Vault>();
        (await vault.StateAsync(idle, default)).Single(one => one.Group == DataGroup.Identity).Keys
            .ShouldBe(KeyStanding.Shredded);
    }

    /// <summary>Half a login serves nobody; and who comes back meanwhile would lose the keys when the hold ends.</summary>
    [Fact]
    public async Task A_login_of_which_one_group_is_held_stays_whole_and_is_not_marked_to_go()
    {
        using var browser = service.Browser();
        var idle = await service.IdOfAsync(await service.SignUpAsync(browser));
        var vault = service.Running.Services.GetRequiredService<Vault>();
        var hold = new LegalHold(Guid.CreateVersion7(), idle, DataGroup.Logs, "case:2026-122", until: null);
        await vault.HoldAsync(hold, default);
        service.Clock.Move(TimeSpan.FromDays(367));

        await service.SweepAsync();

        (await LoginsAsync(idle)).ShouldBe(1);
        var states = await vault.StateAsync(idle, default);
        states.Single(one => one.Group == DataGroup.Identity).Keys.ShouldBe(KeyStanding.Active);
        states.ShouldAllBe(one => one.PendingErasures.Count == 0);
        await vault.ReleaseAsync(hold.Id, default);
        await service.SweepAsync();
        (await LoginsAsync(idle)).ShouldBe(0);
    }

    [Fact, Control("S4")]
    public async Task What_people_type_into_pages_is_on_the_data_map() =>
        (await service.CountAsync(
            "select count(*) from store.mt_events where type = 'data_declared' and jsonb_path_exists(data, "
            + "'$.moves[*] ? (@.direction == \"acquired\" && @.name == \"/identity/sign-up\").members[*] "
            + "? (@ == \"SignUp.Email\")')"))
        .ShouldBe(1);

    private Task<long> LoginsAsync(Guid id) =>
        service.CountAsync($"select count(*) from identity.logins where \"Id\" = '{id}'");

    /// <summary>What the events of a rule say.</summary>
    private Task<long> RemovedAsync(string rule) => service.CountAsync(
        "select coalesce(sum((data->>'removed')::bigint), 0)::bigint from store.mt_events "
        + $"where type = 'retention_applied' and data->>'rule' = '{rule}'");

    private static string[] Names(JsonObject page) =>
        [.. page["items"]!.AsArray().Select(item => item!["event"]!.GetValue<string>())];

    private HttpClient As(Guid person) =>
        service.Running.As(service.Running.Issuer.Token(person.ToString("D"), audiences: ["accounts"]));
}
