namespace EPerfect.PersonalData.Tests;

public sealed class BlindIndexTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("index").FullName;

    private BlindIndex Index => Of("accounts");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("ann@example.org", " Ann@Example.ORG\t")]
    [InlineData("ann@example.org", "ann@example.org.")]
    [InlineData("ann@bücher.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@bücher.example", "ann@BÜCHER.example")]
    [InlineData("ann@bücher.example", "ann@bu\u0308cher.example")]
    [InlineData("ångström@example.org", "\u212Bngstro\u0308m@example.org")]
    [InlineData("ångström@example.org", "A\u030ANGSTRO\u0308M@EXAMPLE.ORG")]
    public void Spellings_of_one_address_have_one_index(string one, string other) =>
        Index.ForEmail(other).ShouldBe(Index.ForEmail(one));

    [Theory]
    [InlineData("ann@example.org", "bob@example.org")]
    [InlineData("ann@example.org", "a.nn@example.org")]
    [InlineData("ann@example.org", "ann+shop@example.org")]
    [InlineData("ann@example.org", "ann@example.com")]
    [InlineData("ann@bucher.example", "ann@bücher.example")]
    public void Different_addresses_have_different_indexes(string one, string other) =>
        (Index.ForEmail(other) == Index.ForEmail(one)).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@example.org")]
    [InlineData("ann@")]
    [InlineData("ann@.")]
    [InlineData("ann b@example.org")]
    [InlineData("ann@exa mple.org")]
    [InlineData("ann@-example.org")]
    [InlineData("ann@exam\u0000ple.org")]
    [InlineData("ann@exa..mple.org")]
    public void What_is_no_address_has_no_index(string text)
    {
        EmailAddress.TryNormalise(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => Index.ForEmail(text));
    }

    [Fact]
    public void An_index_does_not_match_across_purposes_services_or_keys()
    {
        string[] indexes =
        [
            Index.Compute("phone", "+4312345"),
            Index.Compute("fax", "+4312345"),
            Index.Compute("phone+", "4312345"),
            Of("orders").Compute("phone", "+4312345"),
            Of("accounts", "other").Compute("phone", "+4312345"),
        ];

        indexes.ShouldBeUnique(StringComparer.Ordinal);
        indexes.ShouldAllBe(index => index.Length == 43);
    }

    [Fact]
    public void Every_process_over_one_key_file_finds_the_same_index() =>
        Of("accounts").Compute("phone", "+4312345").ShouldBe(Of("accounts").Compute("phone", "+4312345"));

    private BlindIndex Of(string schema, string file = "keys") => new(new VaultOptions(
        Npgsql.NpgsqlDataSource.Create("Host=127.0.0.1;Port=1"),
        schema,
        new FileKeyEncryptionKeyProvider(Path.Combine(directory, file), allowed: true),
        TimeProvider.System));
}
