using System.Net;
using System.Net.Http.Json;
using EPerfect.Operations.Actions;
using EPerfect.Testing;

namespace EPerfect.Operations.Tests;

/// <summary>What operators did by hand: who, when, what and why, from the events that it left.</summary>
public sealed class DoneByHand(PostgresServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_operators_did_at_all_services_is_told_newest_first_and_nothing_of_anybody_else()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var domains = await TestService.StartAsync(
            StandIn.Nothing("domains").Stoppable("register"), postgres, issuer: orders.Issuer);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer,
            ("orders", orders.Client.BaseAddress!), ("domains", domains.Client.BaseAddress!), ("privacy", StandIn.Nowhere()));
        var (ann, ben) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var placed = await orders.Client.PostWithKeyAsync(
            "/api/orders", new { accountId = Guid.CreateVersion7(), text = "Ada Lovelace" });
        placed.EnsureSuccessStatusCode();
        await SwitchAsync(operations, ann, "charge/stop", "incident:charged-twice");
        await SwitchAsync(operations, ben, "register/stop", "incident:registry-away");
        await SwitchAsync(operations, ben, "register/stop", "incident:again"); // it is stopped: nothing was done
        await SwitchAsync(operations, ann, "charge/resume", "incident:mended");

        var all = await ReadAsync(operations, "actions");
        all.Items.Select(one => (one.Service, one.What, one.Who.Id, one.Facts["effect"], one.Reason)).ShouldBe(
        [
            ("orders", "effect_resumed", $"{ann}", "charge", "incident:mended"),
            ("domains", "effect_stopped", $"{ben}", "register", "incident:registry-away"),
            ("orders", "effect_stopped", $"{ann}", "charge", "incident:charged-twice"),
        ]);
        all.Items.ShouldAllBe(one => one.Who.Role == "operator" && one.TraceId != null);
        all.Next.ShouldBeNull();
        all.NotAnswered.ShouldHaveSingleItem().Service.ShouldBe("privacy");
        (await ReadAsync(operations, $"actions?operator={ben}")).Items.ShouldHaveSingleItem().Service.ShouldBe("domains");
        (await ReadAsync(operations, $"actions?operator={Guid.NewGuid()}")).Items.ShouldBeEmpty();

        // Page by page each once, also if something is done meanwhile.
        var first = await ReadAsync(operations, "actions?limit=2");
        await SwitchAsync(operations, ben, "register/resume", "incident:mended");
        var second = await ReadAsync(operations, $"actions?limit=2&cursor={first.Next}");
        first.Items.Concat(second.Items).Select(one => one.Id).ShouldBe(all.Items.Select(one => one.Id));
        second.Next.ShouldBeNull();

        var page = await PageAsync(operations, $"actions?by={ben}");
        page.ShouldContain("effect register");
        page.ShouldContain("incident:registry-away");
        page.ShouldNotContain("effect charge");
        (await PageAsync(operations, "actions")).ShouldContain($"/operations/actions?by={ann}");
    }

    [Theory]
    [InlineData("limit=0", "limit-invalid")]
    [InlineData("limit=101", "limit-invalid")]
    [InlineData("cursor=x", "cursor-invalid")]
    [InlineData("operator=Ann", "malformed-request")]
    public async Task A_page_that_there_cannot_be_is_refused(string query, string code)
    {
        await using var issuer = await TestIssuer.StartAsync(cancellationToken: Token);
        await using var operations = await OperationsOver.StartAsync(issuer, ("orders", StandIn.Nowhere()));
        using var staff = operations.Operator();

        var answer = await staff.GetAsync($"/api/operations/actions?{query}", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
        using var browser = operations.Browser(issuer.Token(staff: ["operator"]));
        (await browser.GetAsync("/operations/actions?by=Ann", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task SwitchAsync(OperationsOver operations, Guid who, string what, string reason)
    {
        using var staff = operations.As(operations.Issuer.Token(subject: $"{who}", staff: ["operator"]));
        (await staff.PostWithKeyAsync($"/api/operations/effects/{what}", new { reason })).EnsureSuccessStatusCode();
    }

    private static async Task<ActionsView> ReadAsync(OperationsOver operations, string what)
    {
        using var staff = operations.Operator();
        return (await staff.GetFromJsonAsync<ActionsView>($"/api/operations/{what}", Token))!;
    }

    private static async Task<string> PageAsync(OperationsOver operations, string what)
    {
        using var browser = operations.Browser(operations.Issuer.Token(staff: ["operator"]));
        return await browser.GetStringAsync($"/operations/{what}", Token);
    }
}
