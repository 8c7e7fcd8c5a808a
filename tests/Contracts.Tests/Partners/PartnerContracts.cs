using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EPerfect.Contracts.Partners;

namespace EPerfect.Contracts.Tests.Partners;

/// <summary>
/// What partners are told, as JSON Schemas and as an AsyncAPI document: made from the records, and approved. What differs is
/// written beside the approved one as *.received.json, unless it breaks what partners rely on.
/// </summary>
public sealed partial class PartnerContracts
{
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<Type> Events => [.. DataSchema.Types];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_has_a_name_for_ever(Type data) =>
        DataSchema.NameOf(data).ShouldMatch(@"^com\.eperfect\.[a-z]+\.[a-z]+(-[a-z]+)*\.v[0-9]+$");

    [Theory]
    [MemberData(nameof(Events))]
    public void What_is_personal_is_for_the_partners_key_only(Type data) => data.GetProperties()
        .Where(member => PersonalWord().IsMatch(member.Name))
        .ShouldAllBe(member => member.PropertyType == typeof(EncryptedValue));

    [Theory]
    [MemberData(nameof(Events))]
    public void What_partners_rely_on_is_only_added_to(Type data)
    {
        var file = Path.Combine("schemas", $"{DataSchema.NameOf(data)}.json");
        var fresh = DataSchema.Of(data);
        if (Approved(file) is { } approved)
        {
            Compatibility.Broken(JsonNode.Parse(approved)!.AsObject(), fresh)
                .ShouldBeEmpty("this breaks partners' programs: make a new type, .v2, beside this one");
        }

        Approve(file, fresh);
    }

    [Fact]
    public void No_event_that_partners_were_told_of_is_gone()
    {
        var names = DataSchema.Types.Select(DataSchema.NameOf).ToArray();
        var all = DataSchema.Types.SelectMany(type => Published.Of(DataSchema.NameOf(type), DataSchema.Of(type))).ToArray();
        var schemas = Directory.EnumerateFiles(Path.Combine(Folder(), "schemas"), "*.v?.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToArray();

        schemas.Except(names).ShouldBeEmpty();
        Published.All(Folder()).Except(all).ShouldBeEmpty("what was published is as it was for ever: make a new type, .v2");
        names.Except(schemas).ShouldBeEmpty("what was published has its schema for ever");
    }

    [Fact]
    public void What_is_published_is_taken_down_for_ever() => Published
        .Missing(Folder(), DataSchema.Types.SelectMany(type => Published.Of(DataSchema.NameOf(type), DataSchema.Of(type))))
        .ShouldBeEmpty("add these lines at the end of published.txt, which only ever grows");

    [Fact]
    public void The_AsyncAPI_document_tells_of_every_event() => Approve("asyncapi.json", AsyncApi.Document());

    [Theory]
    [InlineData("""{"properties":{}}""", ".total: is gone")]
    [InlineData("""{"properties":{"total":{"type":"number"}}}""", ".total: type was \"string\", is \"number\"")]
    [InlineData("""{"properties":{"total":{"type":"string"},"more":{"type":"string"}}}""", null)]
    public void A_break_is_told_from_an_addition(string after, string? broken) => Compatibility
        .Broken(
            JsonNode.Parse("""{"properties":{"total":{"type":"string"}}}""")!.AsObject(),
            JsonNode.Parse(after)!.AsObject())
        .ShouldBe(broken is null ? [] : [broken]);

    private static void Approve(string file, JsonObject fresh)
    {
        var text = fresh.ToJsonString(Json) + "\n";
        var approved = Approved(file);
        if (approved != text) File.WriteAllText(Path.Combine(Folder(), Path.ChangeExtension(file, ".received.json")), text);
        approved.ShouldBe(text, $"look at the received one of {file}, and rename it");
    }

    private static string? Approved(string file) =>
        Path.Combine(Folder(), file) is var path && File.Exists(path) ? File.ReadAllText(path) : null;

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../contracts/partners"));

    [GeneratedRegex("^(?:name|.*mail|phone|.*address)$", RegexOptions.IgnoreCase)]
    private static partial Regex PersonalWord();
}
