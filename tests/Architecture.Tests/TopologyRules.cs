using EPerfect.ServiceDefaults;

namespace EPerfect.Architecture.Tests;

/// <summary>What the deploy step lays in the broker is what the services describe.</summary>
public sealed class TopologyRules
{
    [Fact]
    public void The_deployed_topology_is_the_one_that_the_services_describe()
    {
        var file = Path.Combine(Source.Root, "deploy", "topology.json");
        var rendered = Topology.Render(Modules.Services.Select(service => service.Definition), "eperfect");
        var deployed = File.Exists(file) ? File.ReadAllText(file) : "";
        if (deployed != rendered) File.WriteAllText(Path.ChangeExtension(file, ".received.json"), rendered);

        deployed.ShouldBe(rendered, "look at deploy/topology.received.json and put it in place");
    }

    [Fact]
    public void Whoever_is_listened_to_publishes() => Modules.Services
        .SelectMany(service => service.Definition.Subscriptions)
        .Select(subscription => subscription.Event)
        .Except(Modules.Services.SelectMany(service => service.Definition.Published.Values), StringComparer.Ordinal)
        .ShouldBeEmpty();

    [Fact]
    public void What_may_go_unheard_is_what_no_service_listens_to()
    {
        var heard = Modules.Services.SelectMany(service => service.Definition.Subscriptions).Select(one => one.Event);
        Modules.Services.SelectMany(service => service.Definition.Published.Values).Except(heard, StringComparer.Ordinal)
            .ShouldBe(
                Modules.Services.SelectMany(one => one.Definition.MayGoUnheard.Select(type => one.Definition.Published[type])),
                ignoreOrder: true);
    }

    [Fact]
    public void Each_contract_has_one_publisher() => typeof(Contracts.Orders.OrderPlaced).Assembly.GetExportedTypes()
        .Where(type => type.GetField("Name") is not null)
        .Select(type => Modules.Services.Count(service => service.Definition.Published.ContainsKey(type)))
        .ShouldAllBe(publishers => publishers == 1);
}
