using System.Globalization;

namespace EPerfect.Privacy.Requests.Clocks;

/// <summary>The n-th weekday of a month; -1 is the last.</summary>
internal sealed record WeekdayRule(int Month, DayOfWeek Day, int Nth)
{
    public DateOnly In(int year)
    {
        var first = Nth > 0 ? new DateOnly(year, Month, 1) : new DateOnly(year, Month, DateTime.DaysInMonth(year, Month));
        var away = Nth > 0 ? ((int)Day - (int)first.DayOfWeek + 7) % 7 : -(((int)first.DayOfWeek - (int)Day + 7) % 7);
        return first.AddDays(away + (7 * (Nth > 0 ? Nth - 1 : Nth + 1)));
    }
}

/// <summary>
/// The days off of a region, and where its days begin. Data: <c>Regions/{code}.json</c>. A holiday that is missing makes
/// a deadline earlier, never later: what follows the moon may be listed year by year.
/// </summary>
/// <param name="Code">Such as <c>gb</c>.</param>
/// <param name="Zone">Its time zone in the IANA database.</param>
/// <param name="Source">Where the holidays stand.</param>
/// <param name="Fixed">Months and days.</param>
/// <param name="FromEaster">Days after Easter Sunday.</param>
/// <param name="Weekdays">Such as the last Monday of August.</param>
/// <param name="Dated">Single days.</param>
/// <param name="Substitute"><c>weekend</c>: what falls on a weekend is kept on the next day that is free of it;
/// <c>sunday</c>: what falls on a Sunday is.</param>
internal sealed record Calendar(
    string Code,
    string Zone,
    string Source,
    IReadOnlyList<string>? Fixed = null,
    IReadOnlyList<int>? FromEaster = null,
    IReadOnlyList<WeekdayRule>? Weekdays = null,
    IReadOnlyList<DateOnly>? Dated = null,
    string? Substitute = null)
{
    public bool IsBusinessDay(DateOnly day) => !IsWeekend(day) && !HolidaysOf(day.Year).Contains(day);

    public DateOnly BusinessDayFrom(DateOnly day)
    {
        while (!IsBusinessDay(day)) day = day.AddDays(1);
        return day;
    }

    public DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZone).Date);

    /// <summary>When the day is over there.</summary>
    public DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        // Where the clock jumps at midnight, the day begins later.
        while (TimeZone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(30);
        return new DateTimeOffset(midnight, TimeZone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private TimeZoneInfo TimeZone { get; } = TimeZoneInfo.FindSystemTimeZoneById(Zone);

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private HashSet<DateOnly> HolidaysOf(int year)
    {
        DateOnly[] days =
        [
            .. (Fixed ?? []).Select(day => DateOnly.ParseExact(
                $"{year:0000}-{day}", "yyyy-MM-dd", CultureInfo.InvariantCulture)),
            .. (FromEaster ?? []).Select(Easter.Of(year).AddDays),
            .. (Weekdays ?? []).Select(rule => rule.In(year)),
            .. (Dated ?? []).Where(day => day.Year == year),
        ];
        var all = days.ToHashSet();
        foreach (var day in days.Where(IsKeptLater).Order())
        {
            var instead = day;
            while (IsWeekend(instead) || all.Contains(instead)) instead = instead.AddDays(1);
            all.Add(instead);
        }

        return all;
    }

    private bool IsKeptLater(DateOnly day) => Substitute switch
    {
        "weekend" => IsWeekend(day),
        "sunday" => day.DayOfWeek == DayOfWeek.Sunday,
        _ => false,
    };
}
