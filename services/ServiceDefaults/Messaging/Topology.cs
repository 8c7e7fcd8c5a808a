using System.Text.Json;
using System.Text.Json.Nodes;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// The exchanges, queues and bindings of all services as RabbitMQ definitions: imported before anything is published,
/// for an exchange that lacks one of its queues throws away what that one should have had.
/// </summary>
public static class Topology
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Renders the topology.</summary>
    /// <param name="services">All services.</param>
    /// <param name="virtualHost">The broker's virtual host.</param>
    public static string Render(IEnumerable<ServiceDefinition> services, string virtualHost)
    {
        var all = services.OrderBy(service => service.Name, StringComparer.Ordinal).ToArray();
        var exchanges = new JsonArray();
        var queues = new JsonArray();
        var bindings = new JsonArray();

        void Exchange(string name) => exchanges.Add(new JsonObject
        {
            ["name"] = name,
            ["vhost"] = virtualHost,
            ["type"] = "fanout",
            ["durable"] = true,
            ["auto_delete"] = false,
            ["internal"] = false,
            ["arguments"] = new JsonObject(),
        });

        void Queue(string name, JsonObject arguments)
        {
            arguments["x-queue-type"] = "quorum";
            Exchange(name);
            queues.Add(new JsonObject
            {
                ["name"] = name,
                ["vhost"] = virtualHost,
                ["durable"] = true,
                ["auto_delete"] = false,
                ["arguments"] = arguments,
            });
            Bind(name, name, "queue");
        }

        void Bind(string source, string destination, string type) => bindings.Add(new JsonObject
        {
            ["source"] = source,
            ["vhost"] = virtualHost,
            ["destination"] = destination,
            ["destination_type"] = type,
            ["routing_key"] = "",
            ["arguments"] = new JsonObject(),
        });

        foreach (var name in all.SelectMany(service => service.Published.Values).Order(StringComparer.Ordinal)) Exchange(name);
        foreach (var subscription in all.SelectMany(s => s.Subscriptions).OrderBy(s => s.Queue, StringComparer.Ordinal))
        {
            Queue(subscription.Queue, []);
            Queue(subscription.Queue + ErrorQueues.Suffix, []);
            Queue(Parking.QueueOf(subscription.Queue), new JsonObject
            {
                ["x-message-ttl"] = (long)Parking.Delay.TotalMilliseconds,
                ["x-dead-letter-exchange"] = subscription.Queue,
                ["x-dead-letter-strategy"] = "at-least-once",
                ["x-overflow"] = "reject-publish",
            });
            Bind(subscription.Event, subscription.Queue, "exchange");
        }

        // Newer brokers drop a message that came back twenty times, in silence. How often one is tried is for us to
        // say.
        var keep = new JsonObject
        {
            ["name"] = "keep-what-comes-back", ["vhost"] = virtualHost, ["apply-to"] = "queues", ["priority"] = 0,
            ["pattern"] = $"^({string.Join('|', all.Select(service => service.Name))})\\.",
            ["definition"] = new JsonObject { ["delivery-limit"] = 1_000_000 },
        };
        return new JsonObject
        {
            ["exchanges"] = exchanges, ["queues"] = queues, ["bindings"] = bindings, ["policies"] = new JsonArray(keep),
        }
            .ToJsonString(Indented) + "\n";
    }
}
