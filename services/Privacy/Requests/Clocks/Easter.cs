namespace EPerfect.Privacy.Requests.Clocks;

/// <summary>Easter Sunday of the Gregorian calendar (the "anonymous" computus).</summary>
internal static class Easter
{
    public static DateOnly Of(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var skipped = (century + 8) / 25;
        var epact = ((19 * golden) + century - (century / 4) - ((century - skipped + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var day = epact + weekday - (7 * late) + 114;
        return new DateOnly(year, day / 31, (day % 31) + 1);
    }
}
