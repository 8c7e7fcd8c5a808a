using System.Text.Json;
using EPerfect.Orders.Catalog;

namespace EPerfect.Orders.Tests.Rules;

public sealed class PublishingTheCatalogue
{
    private static readonly string Json =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Catalog", "catalogue.json"));

    [Fact]
    public void The_first_start_publishes_version_1()
    {
        var published = SeedCatalogue.Decide(null, Some.File, Some.Now).Events
            .ShouldHaveSingleItem().ShouldBeOfType<CataloguePublished>();
        published.Version.ShouldBe(1);
    }

    [Fact]
    public void An_unchanged_file_publishes_nothing() =>
        SeedCatalogue.Decide(Some.Catalogue, Some.File, Some.Now).Events.ShouldBeEmpty();

    [Fact]
    public void A_changed_price_is_a_new_version()
    {
        SeedCatalogue.Decide(Some.Catalogue, Changed("54.46"), Some.Now).Events
            .ShouldHaveSingleItem().ShouldBeOfType<CataloguePublished>().Version.ShouldBe(8);
    }

    [Fact]
    public void A_file_that_was_in_force_before_is_not_published_again_however_long_ago()
    {
        var dearer = Published(Some.Catalogue, Changed("54.46"));
        var dearest = Published(dearer, Changed("55.46"));

        SeedCatalogue.Decide(dearest, Some.File, Some.Now).Events.ShouldBeEmpty();
        SeedCatalogue.Decide(dearest, Changed("54.46"), Some.Now).Events.ShouldBeEmpty();
    }

    [Fact]
    public void To_return_to_earlier_prices_the_file_is_given_an_edition_that_it_never_had()
    {
        var dearer = Published(Some.Catalogue, Changed("54.46"));
        var again = CatalogueFile.Parse(ReplaceFirst("{", "{ \"edition\": \"again\", "));

        var returned = Published(dearer, again);

        (returned.Version, returned.Plan("perfect-1")!.Periods[3].Price["USD"]).ShouldBe((9, 53.46m));
        SeedCatalogue.Decide(returned, again, Some.Now).Events.ShouldBeEmpty();
        SeedCatalogue.Decide(returned, Changed("54.46"), Some.Now).Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_reformatted_file_is_not_a_new_version()
    {
        using var document = JsonDocument.Parse(Json);
        CatalogueFile.Parse(JsonSerializer.Serialize(document)).Sha256.ShouldBe(Some.File.Sha256);
    }

    [Theory]
    [InlineData("\"USD\": 53.46", "\"USD\": -1", "perfect-1 for 12 months")]
    [InlineData("\"USD\": 53.46", "\"USD\": 53.461", "too many decimals")]
    [InlineData("\"USD\": 53.46, ", "", "no price in USD")]
    [InlineData("\"USD\": 53.46", "\"USD\": 53.46, \"XTS\": 1", "not on the list of currencies")]
    [InlineData("\"months\": 12", "\"months\": 13", "billing periods")]
    [InlineData("\"perfect-2\"", "\"perfect-1\"", "perfect-1 stands there twice")]
    [InlineData("\"domains\": 1,", "\"domains\": 0,", "perfect-1 has a negative quota, or none for a domain")]
    public void A_wrong_file_stops_the_start_and_says_why(string right, string wrong, string reason) =>
        Should.Throw<InvalidDataException>(() => CatalogueFile.Parse(ReplaceFirst(right, wrong)))
            .Message.ShouldContain(reason);

    [Fact]
    public void A_field_that_nobody_knows_stops_the_start() =>
        Should.Throw<JsonException>(
            () => CatalogueFile.Parse(ReplaceFirst("\"months\"", "\"discount\": 5, \"months\"")));

    [Fact]
    public void Amounts_are_written_with_the_decimals_of_their_currency()
    {
        Money.Of(5m, new Currency("USD", 2)).ShouldBe(new Money("5.00", "USD"));
        Money.Of(740m, new Currency("JPY", 0)).ShouldBe(new Money("740", "JPY"));
    }

    private static CatalogueFile Changed(string price) =>
        CatalogueFile.Parse(Json.Replace("53.46", price, StringComparison.Ordinal));

    private static Catalogue Published(Catalogue current, CatalogueFile file) => Catalogue.Apply(
        SeedCatalogue.Decide(current, file, Some.Now).Events.ShouldHaveSingleItem().ShouldBeOfType<CataloguePublished>(),
        current);

    private static string ReplaceFirst(string right, string wrong)
    {
        var at = Json.IndexOf(right, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0);
        return string.Concat(Json.AsSpan(0, at), wrong, Json.AsSpan(at + right.Length));
    }
}
