using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EPerfect.Domains.Tests.Rdap;

/// <summary>
/// The domain object, by the codes of ICANN's conformance tool (gTLD registrar, profile of February 2024).
/// </summary>
[Collection<RdapCollection>]
public sealed partial class RdapDocument(RdapAnswers rdap)
{
    private static readonly string[] KnownStatuses = ["active", "client transfer prohibited", "pending update"];

    private string[] Conformance => Texts(rdap.Domain["rdapConformance"]!);

    [Fact]
    public void Code_10500_rdap_level_0_stands_once_and_only_at_the_top()
    {
        Conformance.Count(c => c == "rdap_level_0").ShouldBe(1);
        RdapAnswers.Every(rdap.Domain, "rdapConformance").ShouldHaveSingleItem();
    }

    [Fact]
    public void Code_62000_and_61000_the_profile_and_guide_in_force_are_declared()
    {
        Conformance.ShouldContain("icann_rdap_response_profile_1");
        Conformance.ShouldContain("icann_rdap_technical_implementation_guide_1");
    }

    [Fact]
    public void Code_62006_and_61001_the_obsolete_ones_are_not()
    {
        Conformance.ShouldNotContain("icann_rdap_response_profile_0");
        Conformance.ShouldNotContain("icann_rdap_technical_implementation_guide_0");
    }

    [Fact]
    public void Code_62001_redaction_is_declared_where_it_is_used() => Conformance.ShouldContain("redacted");

    [Fact]
    public void Code_12203_the_object_is_a_domain() => Text("objectClassName").ShouldBe("domain");

    [Fact]
    public void Code_46100_the_name_is_the_one_that_was_asked_for() => Text("ldhName").ShouldBe("conforming.com");

    [Fact]
    public async Task Code_46101_an_international_name_has_both_forms()
    {
        var domain = await rdap.JsonAsync("/rdap/domain/xn--bcher-kva.com");

        domain["ldhName"]!.GetValue<string>().ShouldBe("xn--bcher-kva.com");
        domain["unicodeName"]!.GetValue<string>().ShouldBe("bücher.com");
        rdap.Domain.AsObject().ContainsKey("unicodeName").ShouldBeFalse();
    }

    [Fact]
    public void Code_46200_the_handle_is_a_repository_object_identifier() =>
        Handle().IsMatch(Text("handle")).ShouldBeTrue(Text("handle"));

    [Theory]
    [InlineData("registration")] // 46300
    [InlineData("expiration")] // 46400
    [InlineData("registrar expiration")] // 65600
    [InlineData("last changed")]
    [InlineData("last update of RDAP database")] // 43100
    public void Code_46300_46400_65600_43100_each_event_is_told_once_in_utc(string action)
    {
        var told = rdap.Domain["events"]!.AsArray().Where(e => e!["eventAction"]!.GetValue<string>() == action);

        var date = told.ShouldHaveSingleItem()!["eventDate"]!.GetValue<string>();
        Should.NotThrow(() => DateTime.ParseExact(date, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Code_11001_and_47100_there_is_a_status_and_each_is_registered_with_IANA() =>
        Texts(rdap.Domain["status"]!).ShouldBeSubsetOf(KnownStatuses);

    [Fact]
    public void Code_46900_active_stands_alone() =>
        Texts(rdap.Domain["status"]!).ShouldBe(["client transfer prohibited"]);

    [Fact]
    public void Code_46800_secure_dns_says_whether_the_delegation_is_signed() =>
        rdap.Domain["secureDNS"]!["delegationSigned"]!.GetValue<bool>().ShouldBeFalse();

    [Fact]
    public void Code_12208_nameservers_are_objects_with_names()
    {
        foreach (var nameserver in rdap.Domain["nameservers"]!.AsArray())
        {
            nameserver!["objectClassName"]!.GetValue<string>().ShouldBe("nameserver");
            Names.DomainName(nameserver["ldhName"]!.GetValue<string>());
        }

        rdap.Domain["nameservers"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void Code_10612_and_10613_every_link_has_value_rel_and_href()
    {
        var links = RdapAnswers.Every(rdap.Domain, "links").SelectMany(l => l.AsArray()).ToArray();

        links.ShouldNotBeEmpty();
        foreach (var link in links)
        {
            Uri.IsWellFormedUriString(link!["value"]!.GetValue<string>(), UriKind.Absolute).ShouldBeTrue();
            Uri.IsWellFormedUriString(link["href"]!.GetValue<string>(), UriKind.Absolute).ShouldBeTrue();
            link["rel"]!.GetValue<string>().ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void The_object_links_to_itself_where_clients_reach_it_and_names_no_machine_of_ours()
    {
        var self = rdap.Domain["links"]!.AsArray().ShouldHaveSingleItem()!;

        self["rel"]!.GetValue<string>().ShouldBe("self");
        self["href"]!.GetValue<string>().ShouldBe($"{rdap.Domains.Service.Issuer.Issuer}rdap/domain/conforming.com");
        rdap.Domain.ToJsonString().ShouldNotContain(rdap.Domains.Client.BaseAddress!.Authority);
        self["type"]!.GetValue<string>().ShouldBe("application/rdap+json");
    }

    [Theory]
    [InlineData("Terms of Use", "terms-of-service", null)] // 61200
    [InlineData("Status Codes", "glossary", "https://icann.org/epp")] // 46601
    [InlineData("RDDS Inaccuracy Complaint Form", "help", "https://icann.org/wicf")] // 46701
    public void Code_46500_46601_46701_61200_the_notices_are_there(string title, string rel, string? href)
    {
        var notice = rdap.Domain["notices"]!.AsArray().Single(n => n!["title"]!.GetValue<string>() == title)!;

        notice["description"]!.AsArray().ShouldNotBeEmpty();
        var link = notice["links"]!.AsArray().ShouldHaveSingleItem()!;
        link["rel"]!.GetValue<string>().ShouldBe(rel);
        if (href is not null) link["href"]!.GetValue<string>().ShouldBe(href);
    }

    [Fact]
    public async Task Code_40100_no_answer_holds_script()
    {
        foreach (var path in new[] { "domain/conforming.com", "domain/%3Cscript%3E.com", "%3Cscript%3E" })
        {
            var answer = await rdap.GetAsync($"/rdap/{path}");
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("<script", Case.Insensitive);
        }
    }

    private string Text(string member) => rdap.Domain[member]!.GetValue<string>();

    private static string[] Texts(JsonNode node) => [.. node.AsArray().Select(text => text!.GetValue<string>())];

    [GeneratedRegex(@"^\w{1,80}-\w{1,8}$", RegexOptions.None, 100)]
    private static partial Regex Handle();

    private static class Names
    {
        public static void DomainName(string name) =>
            EPerfect.ServiceDefaults.DomainName.TryParse(name, out _).ShouldBeTrue(name);
    }
}
