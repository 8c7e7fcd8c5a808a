using EPerfect.Domains.Names;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Registration;

/// <summary>What can be refused without asking the registry.</summary>
internal static class RegistrationRules
{
    public static string? WhyNot(Domain? domain, RegistrationRequest request)
    {
        if (domain?.Registration is not null) return FailureReasons.DomainTaken;
        if (!DomainName.TryParse(request.DomainName, out var name)
            || name.Ascii != request.DomainName
            || TldRules.For(name) is not { } rule
            || !rule.Allows(request.Years)
            || NameRules.ReadNameservers(request.Nameservers, out _) is not null)
        {
            return FailureReasons.RegistryRefused;
        }

        return TldRules.IsReserved(name, rule) ? FailureReasons.DomainReserved : null;
    }
}
