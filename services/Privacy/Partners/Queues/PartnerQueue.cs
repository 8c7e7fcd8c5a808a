namespace EPerfect.Privacy.Partners.Queues;

/// <summary>Where partners' queues are: in a virtual host of their own, so that who gets in there sees nothing of ours.</summary>
internal sealed class PartnerQueue
{
    /// <summary>The exchange that leads to each partner's queue.</summary>
    public const string Exchange = "partner.feed";

    public PartnerQueue(IConfiguration configuration)
    {
        // Run alone, without a broker: nothing is offered.
        if (!Uri.TryCreate(configuration["Broker:Uri"], UriKind.Absolute, out var broker)) return;
        if (configuration["Broker:Administration"] is not { Length: > 0 } administration) return;
        var main = Uri.UnescapeDataString(broker.AbsolutePath.Trim('/'));
        VirtualHost = $"{(main.Length == 0 ? "default" : main)}-partners";
        Address = new UriBuilder(broker) { Path = Uri.EscapeDataString(VirtualHost) }.Uri;
        Public = WithPort(configuration["Broker:PartnerAddress"] is { Length: > 0 } named ? new Uri(named) : broker);
        Administration = new Uri(administration);
    }

    /// <summary>The broker's management interface; null where this way is not offered.</summary>
    public Uri? Administration { get; }

    /// <summary>The virtual host.</summary>
    public string VirtualHost { get; } = "";

    /// <summary>For us.</summary>
    public Uri? Address { get; }

    /// <summary>For partners: host and port count.</summary>
    public Uri? Public { get; }

    public static string NameOf(Guid partner) => $"partner.{partner:D}";

    public static string UserOf(Guid partner) => NameOf(partner);

    private static Uri WithPort(Uri at) =>
        at.Port > 0 ? at : new UriBuilder(at) { Port = at.Scheme == "amqps" ? 5671 : 5672 }.Uri;
}
