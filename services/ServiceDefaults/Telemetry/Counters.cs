using System.Diagnostics.Metrics;

namespace EPerfect.ServiceDefaults;

/// <summary>What is counted as it happens.</summary>
internal static class Counters
{
    private static readonly Counter<long> Refusals = Telemetry.Meter.CreateCounter<long>(
        "eperfect.refusals", "{answer}", "Requests that were refused or failed, by the problem's code");

    private static readonly Counter<long> Repeats = Telemetry.Meter.CreateCounter<long>(
        "eperfect.repeats", "{unit}", "Requests and messages that had had their effect already, by actor");

    /// <summary>Failures are counted from nought.</summary>
    public static void Begin() => Refusals.Add(
        0, KeyValuePair.Create("code", (object?)"internal-error"), KeyValuePair.Create("status", (object?)500));

    public static void Refused(Refusal refusal) => Refusals.Add(
        1, KeyValuePair.Create("code", (object?)refusal.Code), KeyValuePair.Create("status", (object?)refusal.Status));

    /// <param name="unit">A message's actor is its queue; whose request it was is nobody's business here.</param>
    public static void Repeated(Unit unit) => Repeats.Add(
        1, KeyValuePair.Create("of", (object?)(unit.Fingerprint.Length == 0 ? unit.Context.Actor : "request")));
}
