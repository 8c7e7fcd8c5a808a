using System.Text;
using EPerfect.Accounts.Credentials;
using OtpNet;

namespace EPerfect.Accounts.Tests.Credentials;

public sealed class TimeCodesTests
{
    private static readonly string Secret = Base32Encoding.ToString(Encoding.ASCII.GetBytes("12345678901234567890"));

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
        TimeCodes.StepOf(Secret, code, lastStep: null, DateTimeOffset.FromUnixTimeSeconds(time)).ShouldBe(time / 30);

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_half_a_minute_off(int seconds, bool taken) =>
        (TimeCodes.StepOf(Secret, Code(Now.AddSeconds(seconds)), lastStep: null, Now) is not null).ShouldBe(taken);

    [Fact]
    public void A_code_counts_once_and_none_before_it_counts_after()
    {
        var step = TimeCodes.StepOf(Secret, Code(Now), lastStep: null, Now).ShouldNotBeNull();

        TimeCodes.StepOf(Secret, Code(Now), step, Now).ShouldBeNull();
        TimeCodes.StepOf(Secret, Code(Now.AddSeconds(-30)), step, Now).ShouldBeNull();
        TimeCodes.StepOf(Secret, Code(Now.AddSeconds(30)), step, Now).ShouldBe(step + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("0059241")]
    [InlineData("abcdef")]
    [InlineData("００５９２４")]
    public void What_is_not_the_code_is_not_taken(string typed) =>
        TimeCodes.StepOf(Secret, typed, lastStep: null, Now).ShouldBeNull();

    [Fact]
    public void A_new_secret_is_long_enough_and_never_the_same()
    {
        Base32Encoding.ToBytes(TimeCodes.NewSecret()).Length.ShouldBe(20);
        TimeCodes.NewSecret().ShouldNotBe(TimeCodes.NewSecret());
    }

    [Fact]
    public void An_app_reads_the_secret_and_whose_it_is() => TimeCodes.Uri(Secret, "ann+shop@canary.example")
        .ShouldStartWith($"otpauth://totp/ePerfect:ann%2Bshop%40canary.example?secret={Secret}&issuer=ePerfect");

    [Fact]
    public void A_code_may_be_typed_as_apps_show_it() =>
        TimeCodes.StepOf(Secret, "005 924", lastStep: null, Now).ShouldNotBeNull();

    private static string Code(DateTimeOffset at) => new Totp(Base32Encoding.ToBytes(Secret)).ComputeTotp(at.UtcDateTime);
}
