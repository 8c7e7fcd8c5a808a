using System.Text.Json;
using CsCheck;

namespace EPerfect.PersonalData.Tests;

public sealed class SealedTests
{
    private const string Text = "p1.identity.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public void An_envelope_is_read_and_written_to_the_letter()
    {
        var value = Sealed.Parse<Holder>(Text);

        value.Envelope.ShouldBe(Text);
        value.Subject.ShouldBe(Guid.Parse("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"));
        value.Group.ShouldBe(DataGroup.Identity);
        value.ShouldBe(Sealed.Parse<Holder>(Text));
        value.GetHashCode().ShouldBe(Sealed.Parse<Holder>(Text).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[erased]")]
    [InlineData("p2.identity.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.Identity.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.1.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.identity.0.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.identity.-1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.identity.01.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.identity.99999999999.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.identity.1.0190A1B2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.identity.1.0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.identity.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.identity.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("p1.identity.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("p1.identity.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.identity.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("p1.identity.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.x")]
    public void Anything_else_is_not_an_envelope(string text)
    {
        Should.Throw<TamperSuspectedException>(() => Sealed.Parse<Holder>(text));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Sealed<Holder>>(JsonSerializer.Serialize(text)));
    }

    [Fact]
    public void Whatever_is_changed_in_an_envelope_it_is_another_one_or_none() =>
        Gen.Select(Gen.Int[0, Text.Length - 1], Gen.Char[' ', '~']).Sample((at, with) =>
        {
            var changed = $"{Text[..at]}{with}{Text[(at + 1)..]}";
            try
            {
                return Sealed.Parse<Holder>(changed).Envelope == changed;
            }
            catch (TamperSuspectedException)
            {
                return true;
            }
        });

    [Fact]
    public void It_travels_in_json_as_its_envelope_by_reflection_and_by_generated_code()
    {
        var opened = new AccountOpened(Guid.Empty, Sealed.Parse<Holder>(Text), null);

        var generated = JsonSerializer.Serialize(opened, GeneratedJson.Default.AccountOpened);
        var reflected = JsonSerializer.Serialize(opened, JsonSerializerOptions.Web);

        generated.ShouldBe($$"""{"accountId":"{{Guid.Empty}}","holder":"{{Text}}","reach":null}""");
        reflected.ShouldBe(generated);
        JsonSerializer.Deserialize(generated, GeneratedJson.Default.AccountOpened).ShouldBe(opened);
        JsonSerializer.Deserialize<AccountOpened>(reflected, JsonSerializerOptions.Web).ShouldBe(opened);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Json_of_another_shape_is_refused(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Sealed<Holder>>(json));

    [Fact]
    public void Printing_shows_nothing_also_when_it_was_opened_or_is_part_of_a_record()
    {
        Sealed.Parse<Holder>(Text).ToString().ShouldBe("***");
        new AccountOpened(Guid.Empty, Sealed.Parse<Holder>(Text), null).ToString().ShouldNotContain("AAAA");
        new Opened<Holder>.Clear(Holder.Ann).ToString().ShouldBe("***");
    }
}
