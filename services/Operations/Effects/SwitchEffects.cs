using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Effects;

/// <param name="Reason">A reference, such as <c>incident:charged-twice</c>.</param>
internal sealed record SwitchEffectRequest(string Reason);

/// <param name="Effect">What is done to the world outside.</param>
/// <param name="Service">Who does it.</param>
/// <param name="Stopped">By whom, when and why; null while it is done.</param>
internal sealed record EffectView(string Effect, string Service, StoppedEffect? Stopped);

/// <param name="Effects">What can be stopped.</param>
/// <param name="NotAnswered">Of whose effects it is not known whether they are stopped.</param>
internal sealed record EffectsView(IReadOnlyList<EffectView> Effects, IReadOnlyList<NotAnswered> NotAnswered);

/// <summary>A switch for each thing that is done to the world outside. The service that does it keeps the switch.</summary>
internal static class SwitchEffects
{
    /// <summary>Who does what.</summary>
    private static readonly Dictionary<string, string> Owners = new(StringComparer.Ordinal)
    {
        ["charge"] = "orders", ["register"] = "domains", ["mail"] = "accounts", ["webhook"] = "privacy",
    };

    public static void Map(RouteGroupBuilder operations)
    {
        operations.MapGet("/effects", ReadAsync)
            .WithName("ReadEffects")
            .WithSummary("What is done to the world outside, and what of it is stopped")
            .Produces<EffectsView>();
        Describe(operations.MapPost("/effects/{effect}/stop", Switch("stop")))
            .WithName("StopEffect")
            .WithSummary("Stops an effect on all instances: what it would do waits, and nothing is lost.");
        Describe(operations.MapPost("/effects/{effect}/resume", Switch("resume")))
            .WithName("ResumeEffect")
            .WithSummary("Resumes an effect: what has waited is done, each once.");
    }

    public static async Task<EffectsView> GatherAsync(AskServices services, CancellationToken ct)
    {
        var said = await services.GetAsync<EffectState[]>(services.All, "/operations/effects", ct);
        return new(
            [.. from one in said from state in one.Answer ?? [] select new EffectView(state.Effect, one.Service, state.Stopped)],
            [.. said.Where(one => one.Answer is null).Select(NotAnswered.By)]);
    }

    /// <returns>Null if there is no such effect.</returns>
    public static async Task<Outcome?> SwitchAsync(
        AskServices services, string effect, string what, string reason, CancellationToken ct) =>
        Owners.TryGetValue(effect, out var service)
            ? await services.PostAsync(service, $"/operations/effects/{effect}/{what}", new SwitchEffectRequest(reason), ct)
            : null;

    private static async Task<IResult> ReadAsync(AskServices services, CancellationToken ct) =>
        Results.Ok(await GatherAsync(services, ct));

    private static Delegate Switch(string what) =>
        async (string effect, SwitchEffectRequest request, AskServices services, CancellationToken ct) =>
            (await SwitchAsync(services, effect, what, request.Reason, ct))?.ToResult()
                ?? Problems.From(Refusals.NotFound("effect"));

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
