using System.Text.Json;
using EPerfect.Privacy.Signing;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Tests.Rules;

public sealed class KeepingSigningKeys
{
    private static readonly SigningKeyMade First = new("first", "x", "y", "secret", Given.Now);
    private static readonly SigningKeys Keys = SigningKeys.Create(First);

    [Fact]
    public void The_first_is_made() => SigningKeys.Add(null, First).ShouldBe(Decision.Of(First));

    [Fact]
    public void Who_makes_one_a_moment_later_has_made_none() =>
        SigningKeys.Add(Keys, First with { KeyId = "second" }).ShouldBe(Decision.Nothing);

    [Theory]
    [InlineData(364, false)]
    [InlineData(365, true)]
    public void A_year_makes_the_next(int days, bool made)
    {
        var next = First with { KeyId = "next", MadeAt = Given.Now.AddDays(days) };
        SigningKeys.Add(Keys, next).ShouldBe(made ? Decision.Of(next) : Decision.Nothing);
    }

    [Fact]
    public void Whoever_wants_one_before_its_time_makes_it_and_of_two_at_once_one_does()
    {
        var next = First with { KeyId = "next" };
        SigningKeys.Replace(null, seen: null, next).ShouldBe(Decision.Of(next));
        SigningKeys.Replace(Keys, seen: "first", next).ShouldBe(Decision.Of(next));
        SigningKeys.Replace(Keys.Apply(next), seen: "first", First with { KeyId = "other" }).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void One_that_was_wrapped_by_an_epoch_itself_is_read_for_ever_and_signs_no_more()
    {
        var old = JsonSerializer.Deserialize<SigningKeyMade>(
            """{"keyId":"old","x":"eA","y":"eQ","epoch":1,"wrapped":"AQID","madeAt":"2026-03-01T12:00:00+00:00"}""",
            JsonSerializerOptions.Web)!;

        SigningKeys.Add(SigningKeys.Create(old), First).ShouldBe(Decision.Of(First));
        PublicKey.Of(old).Kid.ShouldBe("old");
    }
}
