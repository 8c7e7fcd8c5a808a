using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace EPerfect.ServiceDefaults;

/// <param name="Reason">A reference, such as <c>incident:charged-twice</c>.</param>
internal sealed record SwitchRequest(string Reason);

/// <summary>An effect, and whether it is stopped.</summary>
/// <param name="Effect">Its name.</param>
/// <param name="Stopped">By whom, when and why; null while it is done.</param>
public sealed record EffectState(string Effect, StoppedEffect? Stopped);

/// <summary>An operator stops an effect, and resumes it. What it would have done meanwhile waits.</summary>
internal static partial class SwitchEffects
{
    private static readonly Refusal ReasonMalformed = Refusals.Invalid(
        "effect-reason-malformed",
        "A reason is an incident, alert, ticket, case or change and its name, such as incident:charged-twice.",
        "/reason");

    public static void Map(RouteGroupBuilder operations)
    {
        operations.MapGet("/effects", async (ServiceDefinition service, StoppedEffects stopped, CancellationToken ct) =>
        {
            var now = (await stopped.ReadAsync(ct)).ToDictionary(one => one.Effect, StringComparer.Ordinal);
            return service.Effects.Select(effect => new EffectState(effect.Name, now.GetValueOrDefault(effect.Name)));
        });
        operations.MapPost("/effects/{effect}/stop", Switch(EffectSwitch.Stop));
        operations.MapPost("/effects/{effect}/resume", Switch(EffectSwitch.Resume));
    }

    private static Delegate Switch(Func<EffectSwitch?, string, string, DateTimeOffset, Decision> decide) =>
        (string effect, SwitchRequest request, ServiceDefinition service, Commands commands, TimeProvider clock,
            CancellationToken ct) => (service.Effects.Any(one => one.Name == effect), Reason().IsMatch(request.Reason)) switch
            {
                (false, _) => Task.FromResult(Problems.From(Refusals.NotFound("effect"))),
                (_, false) => Task.FromResult(Problems.From(ReasonMalformed)),
                _ => commands.ChangeOrStartAsync<EffectSwitch>(
                    EffectSwitch.StreamOf(effect), state => decide(state, effect, request.Reason, clock.GetUtcNow()), ct),
            };

    [GeneratedRegex(@"\A(incident|alert|ticket|case|change):[A-Za-z0-9][A-Za-z0-9-]{0,63}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reason();
}
