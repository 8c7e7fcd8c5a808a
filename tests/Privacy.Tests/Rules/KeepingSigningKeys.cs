using EPerfect.Privacy.Signing;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Tests.Rules;

public sealed class KeepingSigningKeys
{
    private static readonly SigningKeyMade First = new("first", "x", "y", 1, [1], Given.Now);
    private static readonly SigningKeys Keys = SigningKeys.Create(First);

    [Fact]
    public void The_first_is_made() => SigningKeys.Add(null, First).ShouldBe(Decision.Of(First));

    [Fact]
    public void Who_makes_one_a_moment_later_has_made_none() =>
        SigningKeys.Add(Keys, First with { KeyId = "second" }).ShouldBe(Decision.Nothing);

    [Theory]
    [InlineData(364, 1, false)]
    [InlineData(365, 1, true)]
    [InlineData(0, 2, true)]
    public void A_year_or_a_new_epoch_makes_the_next(int days, int epoch, bool made)
    {
        var next = First with { KeyId = "next", Epoch = epoch, MadeAt = Given.Now.AddDays(days) };
        SigningKeys.Add(Keys, next).ShouldBe(made ? Decision.Of(next) : Decision.Nothing);
    }
}
