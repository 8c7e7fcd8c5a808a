using EPerfect.Domains.Lifecycle;
using EPerfect.Domains.Registration;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Rdap;

/// <summary>
/// The public record of a domain. Made of facts that are stored in clear: nothing here, nor anything it is given, can
/// open personal data.
/// </summary>
internal static class DomainDocument
{
    /// <summary>RFC 8056: the words of EPP in those of RDAP.</summary>
    private static readonly Dictionary<string, string> Statuses = new(StringComparer.Ordinal)
    {
        [DomainStatus.ClientTransferProhibited] = "client transfer prohibited",
        [DomainStatus.PendingUpdate] = "pending update",
    };

    public static object Of(
        Domain domain, Registered held, string country, string self, DomainsOptions options, DateTimeOffset now)
    {
        var name = DomainName.Parse(domain.Name);
        return new
        {
            rdapConformance = Rdap.ConformanceWithRedaction,
            objectClassName = "domain",
            handle = held.Handle,
            ldhName = name.Ascii,
            unicodeName = name.Unicode == name.Ascii ? null : name.Unicode,
            status = DomainStatus.Of(domain).Select(status => Statuses[status]),
            events = new[]
            {
                Event("registration", held.RegisteredAt),
                Event("expiration", held.ExpiresAt),
                Event("registrar expiration", held.ExpiresAt),
                Event("last changed", held.ChangedAt),
                Event("last update of RDAP database", now),
            },
            nameservers = held.Nameservers.Select(host => new { objectClassName = "nameserver", ldhName = host }),
            secureDNS = new { delegationSigned = false },
            entities = new[]
            {
                Entities.Registrar(options.Registrar),
                Entities.Registrant(country, options.Reseller, name),
                Entities.Reseller(options.Reseller),
            },
            redacted = Redactions.OfRegistrant,
            links = Notices.Link(self, "self", self, Rdap.MediaType),
            notices = Notices.All(options, self),
        };
    }

    private static object Event(string action, DateTimeOffset at) => new
    {
        eventAction = action,
        eventDate = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
    };
}
