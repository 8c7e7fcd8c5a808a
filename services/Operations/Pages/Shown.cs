using System.Globalization;

namespace EPerfect.Operations.Pages;

/// <summary>Times and numbers, for a person to read.</summary>
internal static class Shown
{
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Hour(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    public static string Facts(IReadOnlyDictionary<string, object>? data) =>
        string.Join(", ", (data ?? new Dictionary<string, object>()).Select(fact => $"{fact.Key} {fact.Value}"));

    public static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Span(double seconds) => TimeSpan.FromSeconds(seconds) switch
    {
        { TotalDays: >= 1 } days => string.Create(CultureInfo.InvariantCulture, $"{days.TotalDays:0.#} d"),
        { TotalHours: >= 1 } hours => string.Create(CultureInfo.InvariantCulture, $"{hours.TotalHours:0.#} h"),
        { TotalMinutes: >= 1 } minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes.TotalMinutes:0.#} min"),
        var some => string.Create(CultureInfo.InvariantCulture, $"{some.TotalSeconds:0.#} s"),
    };
}
