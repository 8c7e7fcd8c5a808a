using System.Text.Json;
using EPerfect.Privacy.Documents;

namespace EPerfect.Privacy.Policy.Measures;

/// <summary>A measure of security, as the record of processing lists it (GDPR Art. 30(1)(g), 32).</summary>
internal sealed record Measure(string Id, string Text, string Article);

internal enum MeasureState
{
    /// <summary>All of its checks passed when they last ran.</summary>
    Proven,

    /// <summary>A check failed, has no report, or there is none.</summary>
    Unproven,
}

internal sealed record MeasureView(
    string Id, string Text, string Article, MeasureState State, IReadOnlyList<CheckView> Checks);

/// <summary>The measures, each bound to tests as a sentence is: by <c>[Control("M1")]</c>.</summary>
internal sealed record Measures(IReadOnlyList<Measure> All)
{
    public static Measures Shipped() => new(
        JsonSerializer.Deserialize<Measure[]>(ShippedTexts.Resource("measures.json"), JsonSerializerOptions.Web)!);

    public IReadOnlyList<MeasureView> View(Controls controls, CheckRuns? runs) =>
        [.. All.Select(measure => View(measure, CheckView.Of(controls.Of(measure.Id), controls, runs)))];

    private static MeasureView View(Measure measure, IReadOnlyList<CheckView> checks) => new(
        measure.Id,
        measure.Text,
        measure.Article,
        checks.Count > 0 && checks.All(check => check.Passed == true) ? MeasureState.Proven : MeasureState.Unproven,
        checks);
}
