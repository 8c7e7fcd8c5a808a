using System.Text;

namespace EPerfect.PersonalData.Tests;

/// <summary>
/// What was stored years ago must open for ever. The sample was sealed by an independent implementation of AES-GCM.
/// </summary>
public sealed class FormatTests
{
    private const string Stored =
        "p1.identity.1.0190a1b2c3d47e5f8a9b0c1d2e3f4a5b.AAECAwQFBgcICQoLPCC4eqiA4CGvAPnlkSr9A-Sl80YzzTJeFEWA6HwAbJA7"
        + "Ms-SwYF34BXJD4HtqUdKiXtMrzi50bQdrQgoIdTMw8AO60jr81tGAAINg1anSKUPc4UBmwKP";

    [Fact]
    public void The_first_format_opens_and_its_content_is_read()
    {
        var parts = Sealed.Parse<Holder>(Stored).Parts;
        var key = Enumerable.Range(0, Aead.KeySize).Select(number => (byte)number).ToArray();
        var context = Envelope.Context(
            new byte[Envelope.ContextRoom], "accounts", parts.Subject, parts.Group, parts.Version, Holder.Declared.Alias);

        var plain = Aead.Open(key, parts.Box, context);

        Content.Read<Holder>(plain)
            .ShouldBe(new Holder("Ann Ångström", "ann@example.org", new DateOnly(1979, 2, 28)));
    }

    [Theory]
    [InlineData("holder")]
    [InlineData("a-very-long-alias")]
    public void What_a_value_is_bound_to_does_not_depend_on_the_room_for_it(string alias) =>
        Enumerable.Range(0, 3).Select(room => Encoding.UTF8.GetString(Envelope.Context(
                new byte[room * 50], "accounts", new Guid(1, 2, 3, new byte[8]), DataGroup.Logs, 7, alias)))
            .ShouldAllBe(context => context == $"p1|accounts|00000001000200030000000000000000|logs|7|{alias}");

    [Fact]
    public void What_cannot_be_read_any_more_is_not_quoted()
    {
        var plain = Encoding.UTF8.GetBytes("""{"name":"Ann Ångström","email":"ann@example.org","born":"Ann Ångström"}""");

        var failure = Should.Throw<InvalidOperationException>(() => Content.Read<Holder>(plain));

        failure.ToString().ShouldNotContain("Ångström");
    }

    [Fact]
    public void The_groups_numbers_and_names_are_stored_and_never_change() =>
        Enum.GetValues<DataGroup>().Select(group => $"{(int)group} {group.Token()}").ShouldBe(
            ["1 identity", "2 contact", "3 billing", "4 communications", "5 logs", "6 marketing"]);
}
