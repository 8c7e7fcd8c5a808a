using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>
/// All that the broker is told, in its own definitions format: virtual hosts, users, who may touch which names, and
/// the topology (exchanges, queues, bindings) that no service may lay by itself because it spans services.
/// </summary>
internal static class BrokerDefinitions
{
    public const string VirtualHost = "eperfect";

    /// <summary>Sees everything on the broker; for people and tests, never for a service.</summary>
    public const string Operator = "operator";

    /// <summary>Makes the users of partners; touches no queue. To be known to Privacy alone.</summary>
    public const string PartnerAccess = "partner-access";

    public static readonly IReadOnlyList<string> Services = Databases.Roles;

    public static string Write(
        IReadOnlyList<string> virtualHosts, Func<string, string> passwordOf, string? topology)
    {
        IEnumerable<string> users = [.. Services, Operator];
        var definitions = new JsonObject
        {
            ["vhosts"] = Array(virtualHosts.Select(name => new JsonObject { ["name"] = name })),
            ["users"] = Array(users.Append(PartnerAccess).Select(name => User(name, passwordOf(name)))),
            ["permissions"] = Array(virtualHosts.SelectMany(_ => users, Permission)),
        };
        var laid = topology is null ? new JsonObject() : JsonNode.Parse(topology)!.AsObject();
        foreach (var kind in (string[])["exchanges", "queues", "bindings", "policies"])
            definitions[kind] = Array((laid[kind]?.AsArray() ?? []).Select(item => In(VirtualHost, item!.AsObject())));
        return definitions.ToJsonString();
    }

    // A service may configure, write and read nothing but names that begin with its own.
    private static JsonObject Permission(string virtualHost, string user)
    {
        var names = string.Equals(user, Operator, StringComparison.Ordinal) ? ".*" : $"^{user}\\..*";
        return new JsonObject
        {
            ["user"] = user,
            ["vhost"] = virtualHost,
            ["configure"] = names,
            ["write"] = names,
            ["read"] = names,
        };
    }

    private static JsonObject User(string name, string password) => new()
    {
        ["name"] = name,
        ["password_hash"] = Hash(password),
        ["hashing_algorithm"] = "rabbit_password_hashing_sha256",
        ["tags"] = name is Operator or PartnerAccess ? new JsonArray("administrator") : [],
    };

    // Four bytes of salt, then SHA-256 of salt and password. The salt follows from the name and the password, so that
    // equal input gives equal definitions and "has it changed?" can be answered; the passwords are 256 random bits.
    private static string Hash(string password)
    {
        var text = Encoding.UTF8.GetBytes(password);
        var salt = SHA256.HashData([.. "salt"u8, .. text])[..4];
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. text])]);
    }

    private static JsonObject In(string virtualHost, JsonObject item)
    {
        var copy = item.DeepClone().AsObject();
        copy["vhost"] = virtualHost;
        return copy;
    }

    private static JsonArray Array(IEnumerable<JsonObject> items) => [.. items];
}
