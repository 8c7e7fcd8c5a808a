using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.Domains.Names;
using EPerfect.Domains.Rdap;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using static EPerfect.Domains.Rdap.Rdap;

namespace EPerfect.Domains.Tests.Rdap;

/// <summary>Who the registrar is and where RDAP is reached is the operator's to say.</summary>
public sealed class RdapConfiguration
{
    private static readonly DomainsOptions Options = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Domains:Registrar:Name"] = "Sponsor Ltd",
            ["Domains:Registrar:IanaId"] = "1234",
            ["Domains:Registrar:Url"] = "https://sponsor.example/",
            ["Domains:Registrar:AbusePhone"] = "+44.1632960000",
            ["Domains:Registrar:AbuseEmail"] = "abuse@sponsor.example",
            ["Domains:RdapBase"] = "https://rdap.host.example/rdap/",
            ["Domains:Nameservers:0"] = "one.host.example",
            ["Domains:Nameservers:1"] = "two.host.example",
        })
        .Build()
        .GetSection(DomainsOptions.Section)
        .Get<DomainsOptions>()!;

    [Fact]
    public void The_registrar_is_the_one_that_is_configured()
    {
        var registrar = JsonSerializer.Serialize(Entities.Registrar(Options.Registrar));

        foreach (var value in new[] { "Sponsor Ltd", "1234", "https://sponsor.example/", "abuse@sponsor.example" })
            registrar.ShouldContain(value);
        JsonNode.Parse(registrar)!["publicIds"]![0]!["identifier"]!.GetValue<string>().ShouldBe("1234");
    }

    [Fact]
    public void Links_name_the_address_that_clients_use()
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.Path) = ("http", new("127.0.0.1", 5003), "/rdap/domain/shop.com");

        SelfOf(request, Options).ShouldBe("https://rdap.host.example/rdap/domain/shop.com");
    }

    [Fact]
    public void The_usual_nameservers_are_replaced_not_added_to() =>
        Options.UsualNameservers.ShouldBe(["one.host.example", "two.host.example"]);

    [Fact]
    public void The_defaults_are_names_that_can_be_delegated_to() =>
        NameRules.ReadNameservers(new DomainsOptions().UsualNameservers, out _).ShouldBeNull();
}
