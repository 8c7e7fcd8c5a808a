using System.Reflection;

namespace EPerfect.PersonalData.Tests;

public sealed class DeclaringFieldsTests
{
    private static readonly Retention Year = new("a-year", RetentionTrigger.EntryWritten, "P1Y", "nobody asks later");

    private static readonly Declaration Terms = new("sample", DataGroup.Contact, "to reach the person", "contract", Year);

    private sealed record Line(
        [Datum(DataCategory.Content, "the words")] string Text,
        [Datum(DataCategory.Activity, "when")] DateTimeOffset At);

    private sealed record Place([Datum(DataCategory.PostalAddress, "the street")] IReadOnlyList<string> Street, string City);

    private sealed record Written(
        [Datum(DataCategory.Name, "the name")] string Name,
        Place Home,
        [Datum(DataCategory.PostalAddress, "another place")] Place? Holiday,
        IReadOnlyList<Line> Lines)
    {
        [Datum(DataCategory.Phone, "the number", Purpose = "to call", LegalBasis = "consent")]
        public string? Phone { get; init; }

        public int Size => Name.Length;
    }

    private sealed record Vague([Datum(DataCategory.Name, " ")] string Name, [Datum(default, "the city")] string City);

    private sealed record Chain([Datum(DataCategory.Name, "the name")] string Name, Chain? Next);

    private sealed class Town : IInClear
    {
        public static ClearDeclaration Declared { get; } = new(
            "town", DataCategory.PostalAddress, "the town", DataGroup.Contact, "to sort", "contract", Year);
    }

    private sealed record Sorted([InClear<Town>] string Town, int Count);

    private sealed record Filed
    {
        [InClear<Town>]
        public string Where { get; init; } = "";
    }

    [Fact]
    public void Each_field_is_found_with_its_path_in_the_sealed_json() => Fields.Of(typeof(Written), Terms)
        .Select(field => (field.Path, field.Category))
        .ShouldBe(
        [
            ("name", DataCategory.Name),
            ("home.street", DataCategory.PostalAddress),
            ("holiday", DataCategory.PostalAddress),
            ("lines[].text", DataCategory.Content),
            ("lines[].at", DataCategory.Activity),
            ("phone", DataCategory.Phone),
        ], ignoreOrder: true);

    [Fact]
    public void A_field_has_the_terms_of_its_type_unless_its_own_are_narrower()
    {
        var fields = Fields.Of(typeof(Written), Terms).ToDictionary(field => field.Path);

        fields["name"].ShouldBe(new DeclaredField(
            "name", DataCategory.Name, "the name", DataGroup.Contact, "to reach the person", "contract", Year.Sentence));
        fields["phone"].Purpose.ShouldBe("to call");
        fields["phone"].LegalBasis.ShouldBe("consent");
        fields["phone"].Retention.ShouldBe("until a year after it was written");
    }

    [Fact]
    public void A_field_that_nobody_declared_is_named_however_deep_it_lies() => Fields.Faults(typeof(Written))
        .ShouldBe(["Written.home.city is not declared", "Written.Size is not declared"], ignoreOrder: true);

    [Fact]
    public void A_declaration_says_something() => Fields.Faults(typeof(Vague))
        .ShouldBe(["Vague.Name is not described", "Vague.City is in no category"]);

    [Fact]
    public void A_type_within_itself_ends() => Fields.Faults(typeof(Chain)).ShouldBe(["Chain.Next is not declared"]);

    [Fact]
    public void A_type_alone_gives_its_declaration_with_its_fields() => Declarations.Of<Holder>().Fields
        .Select(field => field.Path).ShouldBe(["name", "email", "born"], ignoreOrder: true);

    [Fact]
    public void What_rests_in_clear_is_listed_with_its_places()
    {
        var town = Declarations.InClear(Assembly.GetExecutingAssembly()).Single(declaration => declaration.Alias == "town");

        town.Places.ShouldBe(["Filed.Where", "Sorted.Town"]);
    }
}
