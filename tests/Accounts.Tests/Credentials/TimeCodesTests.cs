using System.Text;
using EPerfect.Accounts.Credentials;

namespace EPerfect.Accounts.Tests.Credentials;

public sealed class TimeCodesTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);

    // RFC 6238, appendix B, the last six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long time, string code) =>
        TimeCodes.At(Key, DateTimeOffset.FromUnixTimeSeconds(time)).ShouldBe(code);

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_half_a_minute_off(int seconds, bool taken) =>
        (TimeCodes.StepOf(Key, TimeCodes.At(Key, Now.AddSeconds(seconds)), lastStep: null, Now) is not null).ShouldBe(taken);

    [Fact]
    public void A_code_counts_once_and_none_before_it_counts_after()
    {
        var step = TimeCodes.StepOf(Key, TimeCodes.At(Key, Now), lastStep: null, Now).ShouldNotBeNull();

        TimeCodes.StepOf(Key, TimeCodes.At(Key, Now), step, Now).ShouldBeNull();
        TimeCodes.StepOf(Key, TimeCodes.At(Key, Now.AddSeconds(-30)), step, Now).ShouldBeNull();
        TimeCodes.StepOf(Key, TimeCodes.At(Key, Now.AddSeconds(30)), step, Now).ShouldBe(step + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("0059241")]
    [InlineData("abcdef")]
    [InlineData("００５９２４")]
    public void What_is_not_the_code_is_not_taken(string typed) =>
        TimeCodes.StepOf(Key, typed, lastStep: null, Now).ShouldBeNull();

    [Fact]
    public void A_code_may_be_typed_as_apps_show_it() =>
        TimeCodes.StepOf(Key, "005 924", lastStep: null, Now).ShouldNotBeNull();
}
