using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Names;

/// <summary>
/// A domain's stream is found by its name: two requests for one name meet on one stream, whoever sent them.
/// </summary>
internal static class DomainId
{
    /// <summary>The namespace of fully qualified domain names in RFC 9562.</summary>
    private static readonly Guid Dns = Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    public static Guid Of(DomainName name) => Of(name.Ascii);

    public static Guid Of(string ascii) => DeterministicId.From(Dns, ascii);
}
