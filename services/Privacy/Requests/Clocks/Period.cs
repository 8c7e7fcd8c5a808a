namespace EPerfect.Privacy.Requests.Clocks;

/// <summary>How long something may take: calendar months, calendar days or business days.</summary>
internal sealed record Period(int Months = 0, int Days = 0, int BusinessDays = 0)
{
    public static Period operator +(Period one, Period other) => new(
        one.Months + other.Months, one.Days + other.Days, one.BusinessDays + other.BusinessDays);

    /// <summary>The last day. The day on which it begins is not counted; where the month has no such day, its last day
    /// is it.</summary>
    public DateOnly LastDayFrom(DateOnly begin, Calendar calendar)
    {
        var day = begin.AddMonths(Months).AddDays(Days);
        for (var left = BusinessDays; left > 0;)
        {
            day = day.AddDays(1);
            if (calendar.IsBusinessDay(day)) left--;
        }

        return day;
    }
}
