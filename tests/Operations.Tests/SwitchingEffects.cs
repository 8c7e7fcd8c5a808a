using System.Net;
using System.Net.Http.Json;
using EPerfect.Operations.Effects;
using EPerfect.Testing;

namespace EPerfect.Operations.Tests;

public sealed class SwitchingEffects(PostgresServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_stops_an_effect_of_a_service_and_sees_by_whom_and_why()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer, ("orders", orders.Client.BaseAddress!), ("privacy", StandIn.Nowhere()));
        using var staff = operations.Operator();

        (await StopAsync(staff, "charge", "incident:charged-twice")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var view = (await staff.GetFromJsonAsync<EffectsView>("/api/operations/effects", Token))!;
        view.Effects.ShouldHaveSingleItem().Stopped!.Reason.ShouldBe("incident:charged-twice");
        view.NotAnswered.ShouldHaveSingleItem().Service.ShouldBe("privacy");
    }

    [Theory]
    [InlineData("charge", "it charges twice!", 422, "effect-reason-malformed")]
    [InlineData("refund", "incident:1", 404, "not-found")]
    [InlineData("webhook", "incident:1", 503, "unavailable")]
    public async Task What_cannot_be_stopped_is_refused_as_its_service_refuses_it(
        string effect, string reason, int status, string code)
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(
            orders.Issuer, ("orders", orders.Client.BaseAddress!), ("privacy", StandIn.Nowhere()));
        using var staff = operations.Operator();

        var answer = await StopAsync(staff, effect, reason);

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Who_may_only_read_stops_nothing()
    {
        await using var orders = await TestService.StartAsync(StandIn.Orders(), postgres);
        await using var operations = await OperationsOver.StartAsync(orders.Issuer, ("orders", orders.Client.BaseAddress!));
        using var reading = operations.As(operations.Issuer.Token(staff: ["operator"], scopes: ["orders:read"]));

        var answer = await StopAsync(reading, "charge", "incident:1");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.ProblemCodeAsync()).ShouldBe("scope-missing");
    }

    private static Task<HttpResponseMessage> StopAsync(HttpClient staff, string effect, string reason) =>
        staff.PostWithKeyAsync($"/api/operations/effects/{effect}/stop", new { reason });
}
