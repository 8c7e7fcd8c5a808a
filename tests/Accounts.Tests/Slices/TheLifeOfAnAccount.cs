using System.Net;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Slices;

public sealed class TheLifeOfAnAccount(AccountsService accounts) : IClassFixture<AccountsService>
{
    [Fact]
    public async Task An_opened_account_is_read_as_it_was_given()
    {
        var email = AccountsService.NewEmail();
        var opened = await accounts.Running.OpenAsync(AccountsService.Body(email));
        opened.StatusCode.ShouldBe(HttpStatusCode.Created);
        opened.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var id = (await opened.JsonAsync())["id"]!.GetValue<Guid>();
        opened.Headers.Location!.OriginalString.ShouldBe($"/api/accounts/{id}");

        var read = await accounts.Client.GetAsync(opened.Headers.Location);

        read.Headers.ETag!.Tag.ShouldBe("\"1\"");
        read.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var account = await read.JsonAsync();
        account["name"]!.GetValue<string>().ShouldBe("Ann Canary");
        account["email"]!.GetValue<string>().ShouldBe(email);
        account["phone"]!.GetValue<string>().ShouldBe("+12025550123");
        account["address"]!["street"]![0]!.GetValue<string>().ShouldBe("12 Canary Lane");
        account["address"]!["country"]!.GetValue<string>().ShouldBe("EE");
        account["acceptedPolicySet"]!.GetValue<int>().ShouldBe(1);
        account["status"]!.GetValue<string>().ShouldBe("open");
        account["erased"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact, Control("S13")]
    public async Task A_profile_is_replaced_under_the_version_that_was_read()
    {
        var email = AccountsService.NewEmail();
        var path = await accounts.OpenAsync(email);
        var change = AccountsService.Profile(email);
        change["name"] = "Ann Canary-Smith";
        change["phone"] = "+3725123456";

        var changed = await accounts.Running.ChangeProfileAsync(path, change, "\"1\"");

        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        changed.Headers.ETag!.Tag.ShouldBe("\"2\"");
        var account = await (await accounts.Client.GetAsync(path)).JsonAsync();
        account["name"]!.GetValue<string>().ShouldBe("Ann Canary-Smith");
        account["phone"]!.GetValue<string>().ShouldBe("+3725123456");
    }

    [Fact, Control("S5")]
    public async Task Billing_details_show_the_card_and_never_the_token()
    {
        var path = await accounts.OpenAsync();

        (await accounts.Client.PutAsync($"{path}/billing", AccountsService.Billing())).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);

        var text = await accounts.Client.GetStringAsync(path);
        text.ShouldContain("4242");
        text.ShouldContain("2099-12");
        text.ShouldNotContain("tok_visa_ok");
    }

    [Fact]
    public async Task A_closed_account_can_be_read_and_not_changed()
    {
        var path = await accounts.OpenAsync();
        (await accounts.Client.PostWithKeyAsync($"{path}/close", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await (await accounts.Client.GetAsync(path)).JsonAsync())["status"]!.GetValue<string>().ShouldBe("closed");
        HttpResponseMessage[] refused =
        [
            await accounts.Client.PostWithKeyAsync($"{path}/close", null),
            await accounts.Running.ChangeProfileAsync(path, AccountsService.Profile()),
            await accounts.Client.PutAsync($"{path}/billing", AccountsService.Billing()),
        ];
        foreach (var answer in refused)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await answer.ProblemCodeAsync()).ShouldBe("account-closed");
        }
    }

    [Fact]
    public async Task A_repeated_close_gets_the_first_answer()
    {
        var path = await accounts.OpenAsync();
        var first = await accounts.Client.PostWithKeyAsync($"{path}/close", null, "close-once-" + path);
        var again = await accounts.Client.PostWithKeyAsync($"{path}/close", null, "close-once-" + path);
        (again.StatusCode, again.Headers.ETag).ShouldBe((first.StatusCode, first.Headers.ETag));
    }

    [Fact]
    public async Task The_history_tells_what_happened_and_no_values()
    {
        var email = AccountsService.NewEmail();
        var path = await accounts.OpenAsync(email);
        await accounts.Running.ChangeProfileAsync(path, AccountsService.Profile(email));
        await accounts.Client.PostWithKeyAsync($"{path}/close", null);

        var response = await accounts.Client.GetAsync($"{path}/history");

        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var items = (await response.JsonAsync())["items"]!.AsArray();
        items.Select(item => item!["event"]!.GetValue<string>())
            .ShouldBe(["account_closed", "profile_changed", "account_opened"]);
        items.Select(item => item!["version"]!.GetValue<long>()).ShouldBe([3L, 2L, 1L]);
        foreach (var field in (string[])["actor", "correlation"])
            items.ShouldAllBe(item => item![field]!.GetValue<string>() != "");
        // An owner sees who it was, and nothing of what was given.
        foreach (var item in items) item!.AsObject().Remove("actorEmail");
        items.ToJsonString().ShouldNotContain("anary");
    }

    [Fact]
    public async Task The_history_is_read_page_by_page()
    {
        var path = await accounts.OpenAsync();
        for (var i = 0; i < 4; i++) await accounts.Client.PutAsync($"{path}/billing", AccountsService.Billing());

        var versions = new List<long>();
        for (var next = ""; next is not null;)
        {
            var page = await (await accounts.Client.GetAsync($"{path}/history?limit=2{next}")).JsonAsync();
            versions.AddRange(page["items"]!.AsArray().Select(item => item!["version"]!.GetValue<long>()));
            next = page["next"] is { } cursor ? $"&cursor={cursor}" : null;
        }

        versions.ShouldBe([5L, 4L, 3L, 2L, 1L]);
    }
}
