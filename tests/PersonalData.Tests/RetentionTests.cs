namespace EPerfect.PersonalData.Tests;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset Begin = new(2028, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private static Retention Of(string period) => new("rule", RetentionTrigger.EntryWritten, period, "a ground");

    [Theory]
    [InlineData("P90D", "2028-04-30")]
    [InlineData("P1M", "2028-02-29")]
    [InlineData("P1Y1D", "2029-02-01")]
    [InlineData("P2W", "2028-02-14")]
    [InlineData("P0D", "2028-01-31")]
    public void A_period_is_counted_by_the_calendar(string period, string end) =>
        Of(period).EndFrom(Begin).ShouldBe(DateTimeOffset.Parse($"{end}T08:00:00Z", null));

    [Theory]
    [InlineData("P90D", "until 90 days after it was written")]
    [InlineData("P1Y", "until a year after it was written")]
    [InlineData("P1Y6M", "until a year and 6 months after it was written")]
    [InlineData("P0D", "until it was written")]
    public void The_sentence_is_made_from_the_rule(string period, string sentence) =>
        Of(period).Sentence.ShouldBe(sentence);

    [Fact]
    public void It_says_what_law_keeps_longer_and_what_remains() => (Kept.UntilClosed with
    {
        Period = "P30D",
        Longer = new("books", RetentionTrigger.LastPayment, "P10Y", "the duty to keep books"),
        Remains = "the sum stays",
    }).Sentence.ShouldBe(
        "until 30 days after the account was closed; if law wants it (the duty to keep books), "
        + "until 10 years after the last payment; the sum stays");

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("90 days")]
    [InlineData("PT1H")]
    [InlineData("P-1D")]
    [InlineData("P1.5D")]
    [InlineData("P1D\n")]
    public void What_is_no_period_of_whole_days_does_not_start(string period)
    {
        Declarations.Check([(typeof(Holder), Holder.Declared with { Retention = Of(period) })]).Count.ShouldBe(1);

        Should.Throw<FormatException>(() => Of(period).EndFrom(Begin));
    }

    [Fact]
    public void A_rule_has_a_name_a_trigger_and_a_ground() =>
        Declarations.Check([(typeof(Holder), Holder.Declared with { Retention = new Retention("No Name", default, "P1D", " ") })])
            .Count.ShouldBe(3);
}
