using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Names;

/// <summary>How names from outside are refused.</summary>
internal static class NameRules
{
    public static readonly Refusal InvalidName = Refusals.Invalid(
        "domain-name-invalid",
        "A domain name is made of labels of 1 to 63 letters, digits and inner hyphens, 253 characters in all.");

    private const int Fewest = 2;
    private const int Most = 13;

    /// <summary>
    /// Reads 2 to 13 different host names (RFC 9471 asks for more than one; thirteen fit a referral).
    /// </summary>
    public static Refusal? ReadNameservers(IReadOnlyList<string> input, out IReadOnlyList<string> hosts)
    {
        hosts = [];
        if (input.Count is < Fewest or > Most)
            return Refusals.Invalid("nameservers-count", "A domain has 2 to 13 nameservers.", "/nameservers");
        var read = new List<string>(input.Count);
        for (var i = 0; i < input.Count; i++)
        {
            if (!DomainName.TryParse(input[i], out var host) || host.Labels.Length < 2)
                return Refusals.Invalid("nameserver-invalid", "A nameserver is a full host name.", $"/nameservers/{i}");
            if (read.Contains(host.Ascii))
                return Refusals.Invalid("nameserver-repeated", "Each nameserver is given once.", $"/nameservers/{i}");
            read.Add(host.Ascii);
        }

        hosts = read;
        return null;
    }
}
