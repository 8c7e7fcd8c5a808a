using System.Text.RegularExpressions;

namespace EPerfect.PersonalData;

/// <summary>
/// How long a kind of data is kept: from what on, for how long, and why (GDPR Art. 5(1)(e), 30(1)(f)). A rule and not a
/// sentence, so that a program executes it; the sentence is made from it.
/// </summary>
/// <param name="Rule">The rule's name, lower-case words joined by '-': what executes it is found by it, and its runs are
/// counted under it.</param>
/// <param name="Trigger">What the period begins with.</param>
/// <param name="Period">An ISO 8601 duration of whole days: <c>P90D</c>, <c>P10Y</c>; <c>P0D</c> for at once.</param>
/// <param name="Ground">Why so long and no longer, for example <c>the contract is over (GDPR Art. 17(1)(a))</c>.</param>
public sealed partial record Retention(string Rule, RetentionTrigger Trigger, string Period, string Ground)
{
    /// <summary>A law or a contract that may keep it beyond the period; null if none does.</summary>
    public Retention? Longer { get; init; }

    /// <summary>What is left when the period is over, and why it tells nothing any more; null if nothing is.</summary>
    public string? Remains { get; init; }

    /// <summary>The rule in words: <c>until 30 days after the account was closed</c>.</summary>
    public string Sentence => $"until {Span}{RetentionWords.Of(Trigger)}"
        + (Longer is null ? "" : $"; if law wants it ({Longer.Ground}), {Longer.Sentence}")
        + (Remains is null ? "" : $"; {Remains}");

    /// <summary>When the period is over.</summary>
    /// <param name="begin">When the trigger came.</param>
    /// <exception cref="FormatException">The period is not one.</exception>
    public DateTimeOffset EndFrom(DateTimeOffset begin)
    {
        var (years, months, days) = Parts() ?? throw new FormatException($"'{Period}' is not a period of whole days.");
        return begin.AddMonths((12 * years) + months).AddDays(days);
    }

    /// <summary>What is this old or older is over.</summary>
    /// <param name="now">The time.</param>
    /// <exception cref="FormatException">The period is not one.</exception>
    public DateTimeOffset BeginOfThoseThatEnd(DateTimeOffset now)
    {
        var (years, months, days) = Parts() ?? throw new FormatException($"'{Period}' is not a period of whole days.");
        return now.AddDays(-days).AddMonths(-(12 * years) - months);
    }

    internal IEnumerable<string> Faults()
    {
        if (!Words().IsMatch(Rule)) yield return "a retention rule whose name is not lower-case words";
        if (!Enum.IsDefined(Trigger)) yield return "a retention without a trigger";
        if (Parts() is null) yield return $"a retention period '{Period}' that is not of whole days";
        if (string.IsNullOrWhiteSpace(Ground)) yield return "a retention without a ground";
        foreach (var fault in Longer?.Faults() ?? []) yield return fault;
    }

    private string Span => Parts() switch
    {
        null or (0, 0, 0) => "",
        var (years, months, days) => string.Join(
            " and ",
            new[] { Count(years, "year"), Count(months, "month"), Count(days, "day") }.OfType<string>()) + " after ",
    };

    private static string? Count(int count, string unit) => count switch
    {
        0 => null,
        1 => $"a {unit}",
        _ => $"{count} {unit}s",
    };

    private (int Years, int Months, int Days)? Parts()
    {
        if (Iso8601().Match(Period) is not { Success: true } match) return null;
        int Of(string part) => match.Groups[part] is { Success: true } group
            ? int.Parse(group.ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        return (Of("years"), Of("months"), Of("days") + (7 * Of("weeks")));
    }

    [GeneratedRegex(
        @"\AP(?=[0-9])((?<years>[0-9]{1,3})Y)?((?<months>[0-9]{1,4})M)?((?<weeks>[0-9]{1,4})W)?((?<days>[0-9]{1,5})D)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Iso8601();

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();
}
