using EPerfect.Accounts.Credentials;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Credentials;

public sealed class PasswordRulesTests
{
    private const string Email = "rosalind.fern@mail.example";

    [Theory, Control("S21")]
    [InlineData("violet teapot 61 harbour")]
    [InlineData("correct horse battery staple")]
    [InlineData("lower case words without any digit")]
    [InlineData("мой дом стоит у реки весной")]
    [InlineData("🦊🌲🚲🍋🎻🪁🧭🌋🦉🧊🥝🛶")]
    [InlineData("x7#kQ!m2Zp&v")]
    public void Long_and_hard_to_guess_is_all_that_is_asked(string password) =>
        PasswordRules.WhyNot(PasswordRules.Normalise(password), Email).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("x7#kQ!m2Zp&")]
    [InlineData("👨‍👩‍👧‍👦👨‍👩‍👧‍👦")]
    public void Eleven_characters_are_too_few_however_many_bytes_they_take(string password) =>
        PasswordRules.WhyNot(PasswordRules.Normalise(password), Email).ShouldBe(PasswordRules.TooShort);

    [Fact]
    public void A_hundred_and_twenty_eight_are_enough_and_taken_whole()
    {
        var sentence = string.Concat(Enumerable.Range(0, 200).Select(i => (char)('a' + (i * i * 7 % 26))));

        PasswordRules.WhyNot(sentence[..128], Email).ShouldBeNull();
        PasswordRules.WhyNot(sentence[..129], Email).ShouldBe(PasswordRules.TooLong);
    }

    [Theory, Control("S21")]
    [InlineData("password1234")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("qwertyuiop[]")]
    [InlineData("123456789012345")]
    [InlineData("Passw0rd!Passw0rd!")]
    [InlineData("rosalind.fern")]
    [InlineData("RosalindFern1")]
    [InlineData("eperfecteperfect")]
    public void What_is_on_every_list_of_guesses_is_refused_and_so_is_the_own_address(string password) =>
        PasswordRules.WhyNot(password, Email).ShouldBe(PasswordRules.Guessable);

    [Fact]
    public void Two_keyboards_write_one_password() =>
        PasswordRules.Normalise("Cafe\u0301 am Fluss bei Nacht").ShouldBe("Caf\u00e9 am Fluss bei Nacht");

    [Fact]
    public void Judging_a_long_one_keeps_nobody_waiting()
    {
        var nested = string.Concat(Enumerable.Repeat("passw0rd123qwertyabc", 7))[..128];
        PasswordRules.WhyNot(nested, Email);
        var started = TimeProvider.System.GetTimestamp();

        PasswordRules.WhyNot(nested, Email);

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }
}
