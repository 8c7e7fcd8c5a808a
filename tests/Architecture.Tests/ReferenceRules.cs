using System.Xml.Linq;

namespace EPerfect.Architecture.Tests;

/// <summary>Who may touch whom.</summary>
public sealed class ReferenceRules
{
    private static readonly string[] Services = ["Accounts", "Orders", "Domains", "Privacy"];

    [Fact]
    public void Contracts_refer_to_nothing() => ReferencesOf("contracts/EPerfect.Contracts.csproj").ShouldBeEmpty();

    [Fact]
    public void PersonalData_refers_to_Npgsql_and_the_base_library_only() =>
        ReferencesOf("services/PersonalData/EPerfect.PersonalData.csproj").ShouldBe(["Npgsql"]);

    [Fact]
    public void ServiceDefaults_refers_to_no_service() =>
        ReferencesOf("services/ServiceDefaults/EPerfect.ServiceDefaults.csproj")
            .Where(name => name.StartsWith("EPerfect.", StringComparison.Ordinal))
            .ShouldBe(["EPerfect.Contracts", "EPerfect.PersonalData"]);

    [Fact]
    public void ServiceDefaults_knows_of_the_contracts_only_what_Privacy_asks_of_all_services_also_for_partners() => Source
        .Lines(
            Source.Files("services/ServiceDefaults"),
            line => line.Contains("EPerfect.Contracts.", StringComparison.Ordinal)
                && !line.Contains("EPerfect.Contracts.Privacy", StringComparison.Ordinal)
                && !line.Contains("EPerfect.Contracts.Partners", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("Accounts")]
    [InlineData("Orders")]
    [InlineData("Domains")]
    [InlineData("Privacy")]
    public void A_service_refers_to_shared_parts_and_contracts_never_to_another_service(string service) =>
        ReferencesOf($"services/{service}/EPerfect.{service}.csproj")
            .Where(name => name.StartsWith("EPerfect.", StringComparison.Ordinal))
            .ShouldBe(["EPerfect.Contracts", "EPerfect.PersonalData", "EPerfect.ServiceDefaults"], ignoreOrder: true);

    [Fact]
    public void What_operators_see_is_asked_of_the_services_over_http_and_nothing_is_kept()
    {
        ReferencesOf("services/Operations/EPerfect.Operations.csproj").ShouldBe(["EPerfect.ServiceDefaults"]);
        Source
            .Lines(
                Source.Files("services/Operations"),
                line => line.Contains("Npgsql", StringComparison.Ordinal)
                    || line.Contains("Marten", StringComparison.Ordinal)
                    || line.Contains("RabbitMQ", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_gateway_refers_to_no_service() => ReferencesOf("gateway/EPerfect.Gateway.csproj")
        .Intersect(Services.Append("Operations").Select(service => $"EPerfect.{service}"), StringComparer.Ordinal)
        .ShouldBeEmpty();

    [Fact]
    public void MassTransit_is_known_to_the_shared_parts_alone() => Source
        .Lines(
            Source.Files("contracts", "gateway", "services/PersonalData", "services/Operations").Concat(
                Services.SelectMany(service => Source.Files($"services/{service}"))),
            line => line.Contains("MassTransit", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Fact]
    public void Domain_rules_know_neither_bus_nor_web_types_of_another_service() => Source
        .Lines(
            Services.SelectMany(service => Source.Files($"services/{service}")
                .Where(file => !file.EndsWith("Outbound.cs", StringComparison.Ordinal))
                .Where(file => !file.EndsWith("Module.cs", StringComparison.Ordinal))
                .Where(file => !file.Contains("/Reactions/", StringComparison.Ordinal))
                // What partners are told is made and let out there.
                .Where(file => !file.Contains("/Privacy/Partners/", StringComparison.Ordinal))),
            line => line.StartsWith("using EPerfect.Contracts", StringComparison.Ordinal))
        .ShouldBeEmpty("contracts enter by reactions and leave by Outbound.cs");

    private static IReadOnlyList<string> ReferencesOf(string project)
    {
        var items = XDocument.Load(Path.Combine(Source.Root, project)).Descendants().ToArray();
        return
        [
            .. items.Where(item => item.Name.LocalName == "PackageReference").Select(item => item.Attribute("Include")!.Value),
            .. items.Where(item => item.Name.LocalName == "ProjectReference")
                .Select(item => Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value)),
        ];
    }
}
