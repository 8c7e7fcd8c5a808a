using System.Globalization;
using System.Text;
using EPerfect.Chaos.Checker;

namespace EPerfect.Chaos;

/// <summary>What a run was, and which promises it found broken.</summary>
internal sealed record Result(
    Options Options,
    IReadOnlyList<Fault> Schedule,
    int Faults,
    int Journeys,
    int Acknowledged,
    int Unknown,
    TimeSpan Drained,
    IReadOnlyList<Violation> Violations)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        var kinds = Schedule.GroupBy(fault => fault.Kind).OrderBy(kind => kind.Key)
            .Select(kind => $"{kind.Key} {kind.Count()}");
        text.AppendLine(CultureInfo.InvariantCulture, $"seed        {Options.Seed}");
        text.AppendLine(
            CultureInfo.InvariantCulture, $"faults      {Faults} in {Options.Minutes:0.#} min ({string.Join(", ", kinds)})");
        text.AppendLine(CultureInfo.InvariantCulture, $"journeys    {Journeys} by {Options.Customers} customers at a time");
        text.AppendLine(CultureInfo.InvariantCulture, $"commands    {Acknowledged} acknowledged, {Unknown} without an answer");
        text.AppendLine(CultureInfo.InvariantCulture, $"drained     {Drained.TotalSeconds:0} s after the last fault");
        text.AppendLine(CultureInfo.InvariantCulture, $"violations  {Violations.Count}");
        foreach (var violation in Violations.Take(50)) text.AppendLine(CultureInfo.InvariantCulture, $"  {violation}");
        if (Violations.Count > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"kept        {Options.Folder}: history, schedule, timeline, logs");
        return text.ToString().TrimEnd();
    }
}
