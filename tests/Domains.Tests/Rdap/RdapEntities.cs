using System.Text.Json.Nodes;

namespace EPerfect.Domains.Tests.Rdap;

/// <summary>Registrar, abuse contact, registrant and reseller, by the codes of ICANN's conformance tool.</summary>
[Collection<RdapCollection>]
public sealed class RdapEntities(RdapAnswers rdap)
{
    [Theory]
    [InlineData("registrar")]
    [InlineData("abuse")]
    [InlineData("registrant")]
    [InlineData("reseller")]
    public void Code_12301_every_entity_is_one_with_a_card_of_version_4_and_a_name_member(string role)
    {
        var entity = rdap.Entity(role);

        entity["objectClassName"]!.GetValue<string>().ShouldBe("entity");
        entity["vcardArray"]![0]!.GetValue<string>().ShouldBe("vcard");
        var card = rdap.Card(role);
        card[0]!.ToJsonString().ShouldBe("""["version",{},"text","4.0"]""");
        RdapAnswers.Property(card, "fn").Count.ShouldBe(4);
    }

    [Fact]
    public void Code_47300_there_is_exactly_one_registrar_and_it_has_a_name() =>
        Value(rdap.Card("registrar"), "fn").ShouldBe("Example Registrar, Inc.");

    [Fact]
    public void Code_47400_the_registrars_handle_is_its_IANA_id()
    {
        var registrar = rdap.Entity("registrar");
        var id = registrar["publicIds"]!.AsArray().ShouldHaveSingleItem()!;

        id["type"]!.GetValue<string>().ShouldBe("IANA Registrar ID");
        id["identifier"]!.GetValue<string>().ShouldBe(registrar["handle"]!.GetValue<string>());
    }

    [Fact]
    public void Code_47500_the_registrar_has_an_abuse_contact_with_phone_and_mail()
    {
        rdap.Entity("registrar")["entities"]![0]!["roles"]![0]!.GetValue<string>().ShouldBe("abuse");
        var phone = RdapAnswers.Property(rdap.Card("abuse"), "tel");
        phone[2]!.GetValue<string>().ShouldBe("uri");
        phone[3]!.GetValue<string>().ShouldStartWith("tel:+");
        Value(rdap.Card("abuse"), "email").ShouldContain("@");
    }

    [Fact]
    public void Code_47700_the_registrar_links_to_what_it_is_about()
    {
        var about = rdap.Entity("registrar")["links"]!.AsArray().ShouldHaveSingleItem()!;

        about["rel"]!.GetValue<string>().ShouldBe("about");
        about["value"]!.GetValue<string>().ShouldStartWith("https://");
    }

    [Fact]
    public void Code_63000_there_is_exactly_one_registrant() => rdap.Entity("registrant").ShouldNotBeNull();

    [Fact]
    public void Code_62100_and_62101_the_country_is_a_parameter_and_its_text_is_empty()
    {
        var address = RdapAnswers.Property(rdap.Registrant, "adr");

        address[1]!["cc"]!.GetValue<string>().ShouldBe("GB");
        address[3]!.AsArray().Select(part => part!.GetValue<string>()).ShouldBe(["", "", "", "", "", "", ""]);
    }

    [Fact]
    public void The_registrant_is_reached_by_a_form_and_by_nothing_else()
    {
        rdap.Registrant.Select(property => property![0]!.GetValue<string>())
            .ShouldBe(["version", "fn", "adr", "contact-uri"]);
        Value(rdap.Registrant, "contact-uri").ShouldBe("https://eperfect.example/contact/conforming.com");
        rdap.Entity("registrant").AsObject().ContainsKey("handle").ShouldBeFalse();
    }

    [Fact]
    public void The_reseller_says_who_it_is() => Value(rdap.Card("reseller"), "fn").ShouldBe("ePerfect Web Hosting");

    private static string Value(JsonArray card, string property) =>
        RdapAnswers.Property(card, property)[3]!.GetValue<string>();
}
