using Microsoft.Extensions.Configuration;

namespace EPerfect.ServiceDefaults;

/// <summary>Where the broker is.</summary>
internal static class BrokerUri
{
    private const string Key = "Broker:Uri";

    /// <summary>Null when the service is on purpose run alone, by the literal <c>none</c>.</summary>
    public static Uri? From(IConfiguration configuration) => configuration[Key] switch
    {
        null or "" => throw new InvalidOperationException(
            $"{Key} is not set: an amqp:// address, or `none` to run without messages."),
        "none" => null,
        var address => new Uri(address),
    };
}
