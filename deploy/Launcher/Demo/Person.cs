using System.Text.Json.Nodes;

namespace EPerfect.Launcher.Demo;

/// <summary>A customer who does not exist, another one in every run.</summary>
internal sealed record Person(string Name, string Email, string Phone, string Street)
{
    public static Person New(string run) => new("Ada Example", $"ada.{run}@example.com", "+3726001234", "Pikk 12");

    public JsonObject Account(int acceptedPolicySet) => new()
    {
        ["kind"] = "customer",
        ["name"] = Name,
        ["email"] = Email,
        ["phone"] = Phone,
        ["address"] = Address(),
        ["acceptedPolicySet"] = acceptedPolicySet,
    };

    public JsonObject Contact(string accountId) => new()
    {
        ["accountId"] = accountId,
        ["name"] = Name,
        ["email"] = Email,
        ["phone"] = Phone,
        ["address"] = Address(),
        ["publicityAcknowledged"] = true,
    };

    /// <summary>What must not be seen where it does not belong.</summary>
    public IEnumerable<string> Secrets => [Name, Email, Phone, Street];

    private JsonObject Address() => new()
    {
        ["street"] = new JsonArray(Street),
        ["city"] = "Tallinn",
        ["country"] = "EE",
        ["postalCode"] = "10123",
    };
}
