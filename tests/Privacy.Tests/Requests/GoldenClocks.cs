using System.Globalization;
using CsCheck;
using EPerfect.Privacy.Requests;
using EPerfect.Privacy.Requests.Clocks;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>The law's clocks against dates that were worked out by hand, with a calendar.</summary>
public sealed class GoldenClocks
{
    private static readonly ShippedClocks Clocks = ShippedClocks.Read();

    [Theory]
    [InlineData("gdpr", "2026-03-03", "2026-04-06")] // 3 April is Good Friday, the 5th Easter; Monday is a working day in Estonia
    [InlineData("gdpr", "2026-01-31", "2026-03-02")] // no 31 February; the 28th is a Saturday
    [InlineData("gdpr", "2027-01-31", "2027-03-01")] // the 28th is a Sunday
    [InlineData("gdpr", "2028-01-31", "2028-02-29")] // a leap day, and a Tuesday
    [InlineData("gdpr", "2028-02-29", "2028-03-29")]
    [InlineData("gdpr", "2026-05-24", "2026-06-25")] // Midsummer
    [InlineData("gdpr", "2026-11-24", "2026-12-28")] // three days of Christmas, then a Sunday
    [InlineData("gdpr", "2026-08-31", "2026-09-30")]
    [InlineData("uk", "2026-11-25", "2026-12-29")] // Christmas on a Friday; Boxing Day on a Saturday is kept on Monday
    [InlineData("uk", "2021-11-25", "2021-12-29")] // Christmas on a Saturday: both are kept, on Monday and Tuesday
    [InlineData("uk", "2026-07-31", "2026-09-01")] // the last Monday of August
    [InlineData("uk", "2026-04-04", "2026-05-05")] // the first Monday of May
    [InlineData("uk", "2027-02-26", "2027-03-30")] // Good Friday to Easter Monday
    [InlineData("ccpa", "2026-01-31", "2026-03-17")]
    [InlineData("ccpa", "2028-01-31", "2028-03-16")] // a leap day counts
    [InlineData("ccpa", "2026-02-26", "2026-04-12")] // a Sunday, and it stays
    [InlineData("lgpd", "2026-08-23", "2026-09-08")] // Independence Day
    [InlineData("korea", "2026-02-06", "2026-02-19")] // three days of Seollal
    [InlineData("korea", "2026-09-14", "2026-09-28")] // Chuseok, then a weekend
    public void A_request_is_answered_by(string regime, string received, string lastDay) =>
        LastDay(regime, (clock, at) => clock.AnswerBy(RequestKind.Access, at), received).ShouldBe(lastDay);

    [Theory]
    [InlineData("gdpr", "2026-01-31", "2026-04-30")] // three months from the receipt, not two from the end of February
    [InlineData("gdpr", "2025-11-30", "2026-03-02")]
    [InlineData("gdpr", "2026-11-30", "2027-03-01")]
    [InlineData("uk", "2026-09-25", "2026-12-29")]
    [InlineData("ccpa", "2026-01-31", "2026-05-01")]
    public void Extended_it_is_answered_by(string regime, string received, string lastDay) =>
        LastDay(regime, (clock, at) => clock.ExtendedTo(RequestKind.Access, at)!.Value, received).ShouldBe(lastDay);

    [Theory]
    [InlineData("2026-06-26", "2026-07-10")] // 4 July is a Saturday and not kept
    [InlineData("2027-06-28", "2027-07-13")] // 4 July is a Sunday, kept on Monday
    [InlineData("2026-12-18", "2027-01-05")] // Christmas and New Year
    public void In_California_the_receipt_is_confirmed_in_ten_business_days(string received, string lastDay) =>
        LastDay("ccpa", (clock, at) => clock.AcknowledgeBy(at)!.Value, received).ShouldBe(lastDay);

    [Fact]
    public void In_California_an_opt_out_takes_fifteen_business_days() =>
        LastDay("ccpa", (clock, at) => clock.AnswerBy(RequestKind.OptOut, at), "2026-12-18").ShouldBe("2027-01-12");

    [Fact]
    public void In_California_an_opt_out_cannot_be_extended() =>
        Clocks.Find("ccpa")!.ExtendedTo(RequestKind.OptOut, DateTimeOffset.UtcNow).ShouldBeNull();

    [Theory]
    [InlineData("lgpd")]
    [InlineData("korea")]
    public void Some_laws_know_no_extension(string regime) =>
        Clocks.Find(regime)!.ExtendedTo(RequestKind.Access, DateTimeOffset.UtcNow).ShouldBeNull();

    [Theory]
    [InlineData("2026-03-01T21:30:00Z", "2026-04-01T21:00:00Z")] // received in winter time, due in summer time
    [InlineData("2026-03-01T22:30:00Z", "2026-04-02T21:00:00Z")] // it is the second of March there already
    [InlineData("2026-10-01T12:00:00Z", "2026-11-02T22:00:00Z")] // and back; 1 November is a Sunday
    public void A_day_ends_at_its_midnight_there_whatever_the_clocks_did_meanwhile(string received, string due) =>
        Clocks.Find("gdpr")!.AnswerBy(RequestKind.Access, At(received)).ShouldBe(At(due));

    [Theory]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2028, 4, 16)]
    [InlineData(2038, 4, 25)]
    public void Easter_is_where_it_is(int year, int month, int day) =>
        Easter.Of(year).ShouldBe(new DateOnly(year, month, day));

    [Fact]
    public void Whatever_is_received_whenever_it_is_due_after_that_and_an_extension_is_later() =>
        Gen.Select(Gen.Int[0, 4].Select(Clocks.Codes.ElementAt), Gen.Int[0, 60_000], Gen.Enum<RequestKind>())
            .Sample((regime, hours, kind) =>
            {
                var (clock, at) = (Clocks.Find(regime)!, At("2026-01-01T00:00:00Z").AddHours(hours));
                var due = clock.AnswerBy(kind, at);
                return due > at.AddDays(9) && (clock.ExtendedTo(kind, at) is not { } later || later > due);
            });

    private static string LastDay(string regime, Func<Clock, DateTimeOffset, DateTimeOffset> due, string received)
    {
        var clock = Clocks.Find(regime)!;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(clock.Calendar.Zone);
        var noon = DateTime.ParseExact(received, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(12);
        var end = due(clock, new DateTimeOffset(noon, zone.GetUtcOffset(noon)));
        var lastMoment = TimeZoneInfo.ConvertTime(end.AddTicks(-1), zone);
        TimeZoneInfo.ConvertTime(end, zone).TimeOfDay.ShouldBe(TimeSpan.Zero);
        return lastMoment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
