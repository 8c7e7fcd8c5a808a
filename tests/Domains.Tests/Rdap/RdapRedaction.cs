using System.Text.Json.Nodes;
using EPerfect.Domains.Contacts;
using EPerfect.PersonalData;
using EPerfect.Testing;

namespace EPerfect.Domains.Tests.Rdap;

/// <summary>
/// RFC 9537: what is withheld is named, and what is named is withheld. By the codes of ICANN's conformance tool.
/// </summary>
[Collection<RdapCollection>]
public sealed class RdapRedaction(RdapAnswers rdap)
{
    private IEnumerable<JsonNode> Redacted => rdap.Domain["redacted"]!.AsArray().Select(entry => entry!);

    [Fact]
    public void Code_62002_every_redaction_has_a_name_and_a_method()
    {
        foreach (var entry in Redacted)
        {
            (entry["name"]!["type"] ?? entry["name"]!["description"]).ShouldNotBeNull();
            entry["method"]!.GetValue<string>().ShouldBeOneOf("removal", "emptyValue", "replacementValue");
            entry["pathLang"]!.GetValue<string>().ShouldBe("jsonpath");
            entry["reason"]!["description"]!.GetValue<string>().ShouldBe("Server policy");
        }
    }

    [Theory, Control("S15")]
    [InlineData("Registry Registrant ID", "removal")] // 63100
    [InlineData("Registrant Name", "emptyValue")] // 63200
    [InlineData("Registrant Street", "emptyValue")] // 63400
    [InlineData("Registrant City", "emptyValue")] // 63500
    [InlineData("Registrant Postal Code", "emptyValue")] // 63600
    [InlineData("Registrant Phone", "removal")] // 63700
    [InlineData("Registrant Email", "replacementValue")] // 64102
    public void Code_63100_to_64102_each_field_is_withheld_once_and_as_prescribed(string field, string method) =>
        Redacted.Where(entry => entry["name"]!["type"]?.GetValue<string>() == field).ShouldHaveSingleItem()
            ["method"]!.GetValue<string>().ShouldBe(method);

    [Fact]
    public void Code_62003_what_was_removed_is_not_there_and_what_was_emptied_is()
    {
        foreach (var entry in Redacted)
        {
            if (entry["prePath"] is { } before) JsonPath.Select(rdap.Domain, before.GetValue<string>()).ShouldBeEmpty();
            if (entry["postPath"] is { } after)
            {
                var left = JsonPath.Select(rdap.Domain, after.GetValue<string>());
                left.ShouldNotBeEmpty();
                left.ShouldAllBe(value => value.GetValue<string>().Length == 0);
            }

            if (entry["replacementPath"] is { } instead)
                JsonPath.Select(rdap.Domain, instead.GetValue<string>()).ShouldHaveSingleItem();
        }
    }

    [Fact, Control("S15", "nav-domain-registration")]
    public async Task Nothing_that_the_registrant_told_us_but_the_country_is_in_the_answer()
    {
        var answer = await (await rdap.GetAsync("/rdap/domain/conforming.com")).Content.ReadAsStringAsync();

        string[] all =
        [
            "Ada Example", "Example-Registrant", "Analytical", "registrant.example", "1632960123",
            "Londonium", "Middlesex", "N1 1AA",
        ];
        foreach (var told in all)
            answer.ShouldNotContain(told, Case.Insensitive);
        answer.ShouldContain("\"cc\":\"GB\"");
    }

    [Fact]
    public void No_code_of_RDAP_reaches_the_vault_nor_what_it_opens_to()
    {
        var reached = CodeReach.From(typeof(EPerfect.Domains.Rdap.DomainDocument).Namespace!);

        reached.ShouldContain(typeof(Contact), "else this test looks at nothing");
        reached.ShouldNotContain(typeof(Vault));
        reached.ShouldNotContain(typeof(BlindIndex));
        reached.ShouldNotContain(typeof(Registrant));
        reached.ShouldNotContain(typeof(Address));
        reached.Where(type => type.IsGenericType).Select(type => type.GetGenericTypeDefinition())
            .ShouldNotContain(typeof(Opened<>));
    }
}
